// Words to look for, by how often they occur: taken from the desk itself, so the bench needs to know no vocabulary.
import type pg from 'pg'

export type WordClass = string[]
interface Frequency {
  word: string
  share: number
}

const shares: Record<string, [number, number]> = {
  common: [0.08, 0.5],
  middling: [0.002, 0.01],
  rare: [0, 0.0004],
}
const each = 6

/** How many conversations hold it; of what is not rare a fiftieth is counted: all would have much of the desk read. */
async function countOf(db: pg.Client, word: string, rare: boolean): Promise<number> {
  const { rows } = await db.query<{ n: string }>(
    `select count(*) as n from conversation_search ${rare ? '' : 'tablesample system (2) repeatable (8)'}
     where (words || comment_words) @@ plainto_tsquery('foyer', $1)`,
    [word],
  )
  return Number(rows[0]!.n) * (rare ? 1 : 50)
}

export async function pickWords(db: pg.Client) {
  // Without statistics of single words the planner would walk all for each: the index knows how many hold a word.
  await db.query('set enable_seqscan = off')
  try {
    return await pick(db)
  } finally {
    await db.query('reset enable_seqscan')
  }
}

async function pick(db: pg.Client) {
  const total = Number((await db.query('select count(*) as n from conversation_search')).rows[0].n)
  const { rows } = await db.query<{ word: string; share: number }>(
    `select word, ndoc::float / (select count(*) from conversation_search tablesample system (2) repeatable (7)) as share
     from ts_stat('select words from conversation_search tablesample system (2) repeatable (7)')
     where length(word) > 3 and word !~ '[0-9]' order by ndoc desc, word`,
  )
  const classes: Record<string, WordClass> = {}
  const frequencies: Record<string, Frequency[]> = {}
  for (const [tongue, letters] of [
    ['en', /^[a-z]+$/],
    ['ru', /^[а-яё]+$/],
  ] as const)
    for (const [name, [least, most]] of Object.entries(shares)) {
      const found: Frequency[] = []
      const candidates = rows.filter(
        (row) => letters.test(row.word) && (name === 'rare' || (row.share >= least && row.share <= most)),
      )
      // Rare ones stand at the end; of the others, spread over the class.
      const step = name === 'rare' ? -1 : Math.max(1, Math.floor(candidates.length / (each * 3)))
      for (let i = step < 0 ? candidates.length - 1 : 0; candidates[i] && found.length < each; i += step) {
        const { word } = candidates[i]!

        const n = await countOf(db, word, name === 'rare')
        if (n > 0 && n / total >= least * 0.7 && n / total <= Math.max(most * 1.3, 2 / total))
          found.push({ word, share: n / total })
      }
      classes[`${tongue} ${name}`] = found.map((one) => one.word)
      frequencies[`${tongue} ${name}`] = found
    }
  const pairs = (a: string, b: string) =>
    classes[a]!.flatMap((word, i) =>
      classes[b]![(i + 1) % classes[b]!.length]
        ? [`${word} ${classes[b]![(i + 1) % classes[b]!.length]}`]
        : [],
    )
  classes['two common words'] = [...pairs('en common', 'en common'), ...pairs('ru common', 'ru common')]
  classes['a common and a middling word'] = [
    ...pairs('en common', 'en middling'),
    ...pairs('ru common', 'ru middling'),
  ]
  classes['two middling words'] = [
    ...pairs('en middling', 'en middling'),
    ...pairs('ru middling', 'ru middling'),
  ]
  return { classes, frequencies }
}
