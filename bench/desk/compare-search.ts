// Whether search answers what a walk through every row answers: the same conversations, in the same order.
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

interface Page {
  items: { conversation: { number: number } }[]
  nextCursor: string | null
}
/** Of common words the newest ones are compared; of all others, all. */
const most = 300

export async function compareSearch(
  db: pg.Client,
  ask: (q: string, cursor: string | null) => Promise<Page>,
  queries: number,
): Promise<{ queries: number; same: number; wrong: string[] }> {
  const asked = await randomQueries(db, queries)
  await caughtUp(db)
  // One walk for all of them: each row's words are read once and held against every question.
  const { rows } = await db.query<{ i: number; ids: string[] }>(
    `select i, array_agg(conversation order by last_activity_at desc, conversation desc) as ids
     from (
       select s.conversation, s.last_activity_at, s.words || s.comment_words as words from conversation_search s
       join conversations c on c.id = s.conversation where c.bucket not in ('spam', 'trash') offset 0
     ) s join (
       select ordinality::int - 1 as i, plainto_tsquery('foyer', q) as query from unnest($1::text[]) with ordinality t(q)
     ) asked on ts_match_vq(s.words, asked.query)
     group by i`,
    [asked],
  )
  const walked = new Map(rows.map((row) => [row.i, row.ids.slice(0, most).map(Number)]))
  const wrong: string[] = []
  for (const [i, q] of asked.entries()) {
    const found = await answers(ask, q)
    const expected = walked.get(i) ?? []
    if (JSON.stringify(found) !== JSON.stringify(expected))
      wrong.push(`${q}: ${found.length} found, ${expected.length} walked`)
  }
  return { queries: asked.length, same: asked.length - wrong.length, wrong }
}

/** Until search knows what was written last: the walk and the question are to see the same rows. */
async function caughtUp(db: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ behind: boolean }>(
      `select exists (select from events e where e.seq is null or e.seq > p.seq) as behind from stream_positions p where name = 'search'`,
    )
    if (rows[0]?.behind === false) return
    await wait(100)
  }
}

async function answers(
  ask: (q: string, cursor: string | null) => Promise<Page>,
  q: string,
): Promise<number[]> {
  const found: number[] = []
  let cursor: string | null = null
  do {
    const page: Page = await ask(q, cursor)
    found.push(...page.items.map((item) => item.conversation.number))
    cursor = page.nextCursor
  } while (cursor && found.length < most)
  return found.slice(0, most)
}

/** One or two words of a random message, or of two. */
async function randomQueries(db: pg.Client, count: number): Promise<string[]> {
  const { rows } = await db.query<{ text: string }>(
    'select text from messages tablesample system (3) order by random() limit $1',
    [count * 2],
  )
  const words = (text: string) => text.match(/\p{L}{3,}/gu) ?? ['order']
  const any = (text: string) => words(text)[Math.floor(Math.random() * words(text).length)]!
  return Array.from({ length: count }, (_, i) => {
    const [one, other] = [rows[i * 2]!.text, rows[i * 2 + 1]!.text]
    if (i % 3 === 0) return any(one)
    return i % 3 === 1 ? `${any(one)} ${any(one)}` : `${any(one)} ${any(other)}`
  })
}
