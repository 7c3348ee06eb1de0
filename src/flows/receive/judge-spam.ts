// Which new conversations begin as spam: a filter before us said so, or their words are like those of spam that agents
// marked here. Nothing is thrown away by it; the reason stands in the conversation, and one click takes it back.
import { sql } from 'kysely'
import * as conversations from '#features/conversations/conversations.ts'
import * as spam from '#features/spam/spam.ts'
import type { Db } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import type { Opening } from './opening.ts'

/** Judged: what strangers begin just now. Whom we have answered before is no spammer. */
export async function judgeSpam(tx: Db, openings: Opening[]): Promise<void> {
  for (const opening of openings)
    if (opening.receiving.message.spam) opening.spam = { by: 'filter', words: [] }
  const asked = openings.filter(isToBeJudged)
  if (asked.length === 0) return
  const { house } = asked[0]!.receiving
  const verdicts = await spam.judgeLetters(tx, house.secrets, asked.map(letterOf))
  const judged = asked.filter((_, n) => verdicts[n])
  const answered = judged.length > 0 ? await answeredBefore(tx, judged) : new Set()
  for (const [n, opening] of asked.entries())
    if (verdicts[n] && !answered.has(opening.author.customer)) opening.spam = verdicts[n]
}

const isToBeJudged = ({ receiving: { entry, message, wish }, author, before }: Opening) =>
  entry.mode === 'live' && !wish && !before && !message.spam && author.customer !== null && !author.ours

const letterOf = ({ receiving: { message }, author: { name, address } }: Opening): spam.Letter => ({
  subject: message.subject,
  text: message.text,
  fold: message.fold,
  html: message.html,
  sender: { name, address },
})

async function answeredBefore(tx: Db, openings: Opening[]): Promise<Set<string | null>> {
  const customers = openings.map(({ author }) => author.customer)
  const { rows } = await sql<{ customer: string }>`
    select asked.customer from unnest(${customers}::bigint[]) asked(customer) where exists (
      select from conversations c join messages m on m.conversation = c.id
      where c.customer = asked.customer and m.direction = 'out' and m.author_kind = 'agent')`.execute(tx)
  return new Set(rows.map(({ customer }) => customer))
}

/** Why they are spam is kept, and told where it was our own judgement. @param begun with the rows they became */
export async function tellSpam(
  tx: Db,
  begun: { opening: Opening; row: conversations.ConversationRow }[],
): Promise<void> {
  const marked = begun.flatMap(({ opening: { spam: why, receiving }, row }) =>
    why ? [{ why, row, at: receiving.now }] : [],
  )
  await spam.keepVerdicts(
    tx,
    marked.map(({ why, row }) => ({ ...why, conversation: row.id })),
  )
  for (const { why, row, at } of marked)
    if (why.by === 'learned')
      await conversations.changeLocked(tx, await conversations.lock(tx, row.id), {
        ...{ at, actor: system, kind: 'judged_spam', set: {}, always: true },
        after: { by: why.by },
      })
}
