// Erasing: what must not be anywhere any more. The words of a message or comment and its files go out of the row, the
// raw mail, the test mailbox, drafts, events and answers kept for repeated requests; and out of later mails that quote
// them, whose raw sources go as a whole (a piece of a mail cannot be taken out of its hash). What stays: that there was
// a message, who erased it and why, and in the ledger its hash and outcome.
//
//   one transaction   rows, ledger, event (search, lists and live frames follow from it), a row in `erasures`, a job
//   the job           files that nothing names any more go from the store; the erasure is noted in erasures.jsonl
import { sql } from 'kysely'
import * as attachments from '#features/attachments/attachments.ts'
import * as consults from '#features/consults/consults.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import * as drafts from '#features/drafts/drafts.ts'
import * as ledger from '#features/ledger/ledger.ts'
import * as outbox from '#features/outbox/outbox.ts'
import * as spam from '#features/spam/spam.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { forgetAnswers } from '#platform/http/idempotency.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { type Erased, erasedWords } from '#shared/text/take-out.ts'

export type ErasureKind = 'message' | 'comment' | 'attachment'
export interface Erasure {
  kind: ErasureKind
  subject: string
  reason: string
}
type By = conversations.Erasing

/** What hangs where: an item of a conversation, or nothing (404). */
export async function placeOf(db: Db, { kind, subject }: Pick<Erasure, 'kind' | 'subject'>) {
  const { rows } = await sql<{ item: string; conversation: string; at: Date; type: 'message' | 'comment' }>`
    with item as (
      select case when ${kind} = 'attachment'
        then (select coalesce(message, comment) from attachments where id = ${subject}) else ${subject}::bigint end as id)
    select id as item, conversation, at, 'message' as type from messages where id = (select id from item)
    union all select id, conversation, at, 'comment' from comments where id = (select id from item)`.execute(
    db,
  )
  const place = rows[0]
  return place && (kind === 'attachment' || place.type === kind) ? place : null
}

/** @param row its conversation, locked */
export async function erase(
  tx: Db,
  row: conversations.ConversationRow,
  { kind, subject }: Pick<Erasure, 'kind' | 'subject'>,
  by: By,
): Promise<void> {
  const place = (await placeOf(tx, { kind, subject })) ?? refuse('not_found')
  await deliveries.refuseUnsent(tx, place.item)
  const near = await conversations.around(tx, row.id)
  const gone =
    kind === 'attachment' ? await eraseFile(tx, subject, near) : await eraseWords(tx, row, place, near, by)
  const touched = [...new Set([place.item, ...gone.items])]
  const raw = await ledger.erase(tx, touched, { at: by.at, by: by.agent ?? 'system', reason: by.reason })
  await outbox.eraseCopies(tx, touched, place.at, gone.words)
  await forgetAnswers(tx, [...touched, ...(kind === 'attachment' ? [subject] : [])])
  await dropSeals(tx, near, place)
  await spam.forgetVerdict(tx, near)
  // A question that nobody can read any more is nobody's to answer.
  const withdrawn =
    kind === 'comment'
      ? await consults.withdrawAskedIn(tx, row, place.item, { at: by.at, actor: by.actor })
      : row
  await tellAll(tx, withdrawn, near, touched, { kind, item: place.item }, by)
  await tx
    .insertInto('erasures')
    .values({
      at: by.at,
      agent: by.agent,
      kind,
      subject,
      conversation: row.id,
      item_at: place.at,
      reason: by.reason,
    })
    .execute()
  const hashes = [...raw, ...gone.files].map((one) => one.toString('hex'))
  await addJob(tx, 'finish_erasure', { hashes })
}

/** What a seal kept of it goes, and what seals kept of later items, which may quote it: those quotes stay out. */
async function dropSeals(tx: Db, near: string[], { item, at }: { item: string; at: Date }): Promise<void> {
  await sql`delete from sealed_words w using seals s where s.id = w.seal and s.conversation = any(${near}::bigint[])
    and w.kind <> 'attachment' and w.item <> s.message
    and (w.item = ${item} or exists (select from messages m where m.id = w.item and m.at >= ${at})
      or exists (select from comments c where c.id = w.item and c.at >= ${at}))`.execute(tx)
  await sql`delete from seals s using messages m where m.id = ${item} and s.message = m.id
    and s.attachment is null and m.erased_at is not null`.execute(tx)
}

interface Gone {
  /** messages and comments that held it, themselves apart */
  items: string[]
  files: Buffer[]
  words: Erased
}

async function eraseFile(tx: Db, id: string, near: string[]): Promise<Gone> {
  const { file } = await tx
    .selectFrom('attachments')
    .select('file')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const erased = await attachments.eraseCopies(tx, [file], near, true)
  return { items: erased.map(({ item }) => item), files: [file], words: erasedWords([]) }
}

async function eraseWords(
  tx: Db,
  row: conversations.ConversationRow,
  { item, at }: { item: string; at: Date },
  near: string[],
  by: By,
): Promise<Gone> {
  const words = erasedWords(await conversations.wordsOf(tx, item))
  const own = await attachments.eraseOf(tx, item)
  const files = own.map(({ file }) => file)
  const copies = await attachments.eraseCopies(tx, files, near, false)
  await conversations.blank(tx, row, item, by)
  const quoting = (await conversations.takeOutQuotes(tx, near, { item, at, words })).map((one) => one.item)
  await drafts.takeOutOfDrafts(tx, near, words)
  return { items: [...quoting, ...copies.map((one) => one.item)], files, words }
}

async function tellAll(
  tx: Db,
  row: conversations.ConversationRow,
  near: string[],
  touched: string[],
  { kind, item }: { kind: ErasureKind; item: string },
  by: By,
): Promise<void> {
  await conversations.tellErased(
    tx,
    row,
    { kind: `${kind}_erased`, item, after: { reason: by.reason }, shown: true },
    by,
  )
  const { rows } = await sql<{ conversation: string; item: string }>`
    select conversation, min(id) as item from (
      select conversation, id from messages where id = any(${touched}::bigint[])
      union all select conversation, id from comments where id = any(${touched}::bigint[])) t
    where conversation = any(${near}::bigint[]) and conversation <> ${row.id} group by conversation`.execute(
    tx,
  )
  for (const other of rows)
    await conversations.tellErased(
      tx,
      await conversations.lock(tx, other.conversation),
      { kind: 'quote_erased', item: other.item, after: {}, shown: false },
      by,
    )
}
