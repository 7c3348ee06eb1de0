// Sealing: what few should read. The words of a message, or a file, go out of everybody's sight: out of the row, the
// search, the list's line, later quotes, drafts, the test mailbox and the raw mail. They are kept encrypted, and who has
// the right opens them with a reason; that stands in the timeline.
import { sql } from 'kysely'
import * as attachments from '#features/attachments/attachments.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import * as drafts from '#features/drafts/drafts.ts'
import * as ledger from '#features/ledger/ledger.ts'
import * as outbox from '#features/outbox/outbox.ts'
import * as spam from '#features/spam/spam.ts'
import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { forgetAnswers } from '#platform/http/idempotency.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { erasedWords } from '#shared/text/take-out.ts'

/** So long what was opened can be fetched. */
const openFor = minutes(10)
const purpose = (seal: string) => `sealed words ${seal}`

export interface Sealing extends conversations.By {
  agent: string
  reason: string
}
export interface SealRow {
  id: string
  message: string
  attachment: string | null
  conversation: string
}
interface Kept {
  kind: 'message' | 'comment' | 'attachment'
  item: string
  words: Record<string, unknown>
}

export async function findSeal(db: Db, id: string): Promise<SealRow> {
  const seal = await db
    .selectFrom('seals')
    .select(['id', 'message', 'attachment', 'conversation'])
    .where('id', '=', id)
    .executeTakeFirst()
  return seal ?? refuse('not_found')
}

/** @param row the message's conversation, locked. @param attachment null: the whole message. @returns the seal's id */
export async function seal(
  tx: Db,
  secrets: Secrets,
  row: conversations.ConversationRow,
  { message, attachment, at }: { message: string; attachment: string | null; at: Date },
  by: Sealing,
): Promise<string> {
  await deliveries.refuseUnsent(tx, message)
  const made = await tx
    .insertInto('seals')
    .values({
      message,
      attachment,
      conversation: row.id,
      sealed_at: by.at,
      sealed_by: by.agent,
      reason: by.reason,
    })
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) refuse('sealed')
  const near = await conversations.around(tx, row.id)
  const words = erasedWords(attachment ? [] : await conversations.wordsOf(tx, message))
  const files = await attachments.hideFiles(tx, made.id, { message, attachment }, near)
  const hidden: Kept[] = [...files]
  if (!attachment) {
    hidden.push(await conversations.hideWords(tx, message, by.at))
    hidden.push(...(await conversations.takeOutQuotes(tx, near, { item: message, at, words })))
    await drafts.takeOutOfDrafts(tx, near, words)
  }
  await keepWords(tx, secrets, made.id, hidden)
  const touched = [
    ...new Set([
      message,
      ...hidden.filter(({ kind }) => kind !== 'attachment').map(({ item }) => item),
      ...files.map(({ owner }) => owner),
    ]),
  ]
  await ledger.seal(tx, made.id, touched)
  await outbox.eraseCopies(tx, touched, at, words)
  await spam.forgetVerdict(tx, near)
  await forgetAnswers(tx, [...touched, ...files.map(({ item }) => item)])
  await tell(tx, row, attachment ? 'attachment_sealed' : 'message_sealed', message, by)
  return made.id
}

/** @returns what stands behind the seal, to be shown to the one who opened it */
export async function open(tx: Db, secrets: Secrets, found: SealRow, by: Sealing) {
  const row = await conversations.lock(tx, found.conversation)
  const until = after(by.at, openFor)
  await tx
    .insertInto('seal_openings')
    .values({ seal: found.id, agent: by.agent, at: by.at, until, reason: by.reason })
    .execute()
  await tell(tx, row, 'seal_opened', found.message, by)
  const kept = await wordsUnder(tx, secrets, found.id)
  const own = kept.find(({ kind, item }) => kind === 'message' && item === found.message)?.words
  const { rows: sizes } = await sql<{ id: string; size: number }>`
    select id, size::int as size from attachments where seal = ${found.id} and message = ${found.message}
    order by position, id`.execute(tx)
  const names = new Map(kept.map(({ item, words }) => [item, words]))
  return {
    until: until.toISOString(),
    subject: (own?.subject as string | null) ?? null,
    text: (own?.text as string | undefined) ?? '',
    attachments: sizes.map(({ id, size }) => ({
      id,
      size,
      name: String(names.get(id)?.name ?? ''),
      type: String(names.get(id)?.type ?? ''),
    })),
  }
}

/** Everything stands where it stood. Of what another seal has words of too, nothing comes back. */
export async function unseal(tx: Db, secrets: Secrets, found: SealRow, by: Sealing): Promise<void> {
  const row = await conversations.lock(tx, found.conversation)
  const { rows } = await sql<{ item: string }>`
    select item from sealed_words where seal = ${found.id} and kind <> 'attachment' and item in (
      select item from sealed_words where seal <> ${found.id} and kind <> 'attachment')`.execute(tx)
  const shared = new Set(rows.map(({ item }) => item))
  for (const { kind, item, words } of await wordsUnder(tx, secrets, found.id))
    if (kind === 'attachment') await attachments.showFileAgain(tx, item, words)
    else if (!shared.has(item) || item === found.message)
      await conversations.showAgain(tx, { kind, item, words })
  await tx.deleteFrom('seals').where('id', '=', found.id).execute()
  await tell(tx, row, 'unsealed', found.message, by)
}

async function keepWords(tx: Db, secrets: Secrets, seal: string, hidden: Kept[]): Promise<void> {
  for (const { kind, item, words } of hidden)
    await tx
      .insertInto('sealed_words')
      .values({ seal, kind, item, words: secrets.seal(purpose(seal), JSON.stringify(words)) })
      .execute()
}

async function wordsUnder(tx: Db, secrets: Secrets, seal: string): Promise<Kept[]> {
  const rows = await tx
    .selectFrom('sealed_words')
    .select(['kind', 'item', 'words'])
    .where('seal', '=', seal)
    .execute()
  return rows.map(({ kind, item, words }) => ({
    kind: kind as Kept['kind'],
    item,
    words: JSON.parse(secrets.open(purpose(seal), words)) as Kept['words'],
  }))
}

const tell = (tx: Db, row: conversations.ConversationRow, kind: string, item: string, by: Sealing) =>
  conversations.tellErased(tx, row, { kind, item, after: { reason: by.reason }, shown: true }, by)
