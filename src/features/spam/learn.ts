// Learns from what agents do: what they mark as spam, what they say is none, and what they answer (without the latter
// there would be nothing to tell spam from). After the fact, by the stream; a mark taken back is unlearned.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { StreamEvent } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { tokensOf } from './tokens.ts'
import { numbering } from './words.ts'

/** So many conversations of each kind are remembered; the oldest are unlearned for newer ones. */
export const mostLessons = 1500
/** Answered conversations are learned from up to here, or to twice the spam: more would tell nothing new. */
const firstAnswered = 200

type NumberOf = (token: string) => string

export function spamFollower(secrets: Secrets): Follower {
  const numberOf = numbering(secrets)
  return {
    kinds: ['marked_spam', 'unmarked_spam', 'message_sent', 'message_erased', 'change_undone'],
    wants: ({ kind, actor_kind }) =>
      actor_kind === 'agent' || kind === 'message_sent' || kind === 'message_erased',
    from: 'beginning',
    batch: 50,
    async react(tx, events) {
      for (const event of events) await take(tx, numberOf, event)
    },
  }
}

async function take(tx: Db, numberOf: NumberOf, event: StreamEvent): Promise<void> {
  const { kind, conversation, item, at, after } = event
  if (!conversation) return
  if (kind === 'message_erased') return unlearn(tx, conversation)
  if (kind === 'message_sent') {
    if (item && (await isWorthLearning(tx, conversation, item)))
      await learn(tx, numberOf, conversation, false, at)
    return
  }
  if (!('spam_at' in after)) return
  const spam = after.spam_at !== null
  // Undone in bulk: it was a slip and says nothing of the mail.
  if (kind === 'change_undone' && !spam) return unlearn(tx, conversation)
  await learn(tx, numberOf, conversation, spam, at)
}

/** An agent's own answer in a conversation that nothing was learned from yet, while more of its kind is wanted. */
async function isWorthLearning(tx: Db, conversation: string, item: string): Promise<boolean> {
  const { rows } = await sql`
    select from messages m join conversations c on c.id = m.conversation
    where m.id = ${item} and m.author_kind = 'agent' and m.automatic is null and c.spam_at is null
      and not exists (select from sendings s where s.message = m.id and s.kind <> 'reply')
      and not exists (select from spam_lessons where conversation = ${conversation})
      and (select lessons from spam_learned where not spam)
        < greatest(${firstAnswered}::int, 2 * (select lessons from spam_learned where spam))`.execute(tx)
  return rows.length > 0
}

/** From the first words that came from outside. */
async function learn(
  tx: Db,
  numberOf: NumberOf,
  conversation: string,
  spam: boolean,
  at: Date,
): Promise<void> {
  const { rows } = await sql<First>`
    select subject, text, html, fold_from, fold_to, author_name, author_address from messages
    where conversation = ${conversation} and direction = 'in' and erased_at is null and sealed_at is null
    order by position limit 1`.execute(tx)
  const first = rows[0]
  await unlearn(tx, conversation)
  if (!first) return
  const words = tokensOf(letterOf(first)).map(numberOf)
  await tx.insertInto('spam_lessons').values({ conversation, spam, words, at }).execute()
  await sql`insert into spam_words (word, spam, other)
    select word, ${spam ? 1 : 0}, ${spam ? 0 : 1} from unnest(${words}::bigint[]) word
    on conflict (word) do update set spam = spam_words.spam + excluded.spam, other = spam_words.other + excluded.other`.execute(
    tx,
  )
  await sql`update spam_learned set lessons = lessons + 1 where spam = ${spam}`.execute(tx)
  await makeRoom(tx, spam)
}

interface First {
  subject: string | null
  text: string
  html: string | null
  fold_from: number | null
  fold_to: number | null
  author_name: string | null
  author_address: string | null
}
const letterOf = ({ fold_from, fold_to, author_name: name, author_address: address, ...first }: First) => ({
  ...first,
  fold: fold_from !== null && fold_to !== null ? { from: fold_from, to: fold_to } : null,
  sender: address === null ? null : { name, address },
})

async function makeRoom(tx: Db, spam: boolean): Promise<void> {
  const { rows } = await sql<{ conversation: string }>`
    select conversation from spam_lessons where spam = ${spam}
      and (select lessons from spam_learned where spam = ${spam}) > ${mostLessons}::int
    order by at, conversation limit 1`.execute(tx)
  if (rows[0]) await unlearn(tx, rows[0].conversation)
}

/** As if it had never been learned from. */
async function unlearn(tx: Db, conversation: string): Promise<void> {
  const { rows } = await sql<{ spam: boolean; words: string[] }>`
    delete from spam_lessons where conversation = ${conversation} returning spam, words`.execute(tx)
  for (const { spam, words } of rows) {
    await sql`update spam_words set spam = spam - ${spam ? 1 : 0}, other = other - ${spam ? 0 : 1}
      where word = any(${words}::bigint[])`.execute(tx)
    await sql`delete from spam_words where word = any(${words}::bigint[]) and spam <= 0 and other <= 0`.execute(
      tx,
    )
    await sql`update spam_learned set lessons = lessons - 1 where spam = ${spam}`.execute(tx)
  }
}

/** Everything that was learned goes; marks and verdicts stay where they are. */
export async function unlearnAll(tx: Db): Promise<void> {
  await sql`delete from spam_lessons`.execute(tx)
  await sql`delete from spam_words`.execute(tx)
  await sql`update spam_learned set lessons = 0`.execute(tx)
}
