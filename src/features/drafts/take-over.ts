// The pen moves: a colleague's reply draft becomes one's own, uploads included. While its author is typing it does
// not: his last save must be 20 seconds old.
import { after, seconds } from '#platform/clock/clock.ts'
import { type Db, json } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { handOver } from '../attachments/attachments.ts'
import { tell } from './tell.ts'

const typing = seconds(20)

export async function takeOver(
  tx: Db,
  conversation: string,
  from: string,
  to: string,
  at: Date,
): Promise<void> {
  const draft = await lockDraft(tx, conversation, from)
  if (!draft) return refuse('not_found')
  if (from === to) return
  if (draft.updated_at > after(at, -typing)) refuse('being_written')
  const own = await lockDraft(tx, conversation, to)
  const { text, attachments } = draft
  const values = {
    // What the taker had begun himself stands below, not lost.
    text: own?.text ? `${text}\n\n${own.text}` : text,
    html: own?.html || own?.text ? null : draft.html,
    recipients: nullable(draft.recipients),
    copies: nullable(draft.copies),
    blind_copies: nullable(draft.blind_copies),
    attachments: [...attachments, ...(own?.attachments ?? [])],
    last_seen: draft.last_seen,
    after_sending: nullable(draft.after_sending),
    stopped_at: draft.stopped_at,
    updated_at: at,
  }
  await tx
    .deleteFrom('drafts')
    .where('conversation', '=', conversation)
    .where('kind', '=', 'reply')
    .where('agent', 'in', [from, to])
    .execute()
  await tx
    .insertInto('drafts')
    .values({ conversation, agent: to, kind: 'reply', ...values })
    .execute()
  await handOver(tx, attachments, to)
  await tell(tx, 'draft_taken', { conversation, agent: from, kind: 'reply' }, { agent: to, at })
}

const nullable = (value: unknown) => (value === null ? null : json(value as object))

const lockDraft = (tx: Db, conversation: string, agent: string) =>
  tx
    .selectFrom('drafts')
    .selectAll()
    .where('conversation', '=', conversation)
    .where('agent', '=', agent)
    .where('kind', '=', 'reply')
    .forUpdate()
    .executeTakeFirst()

/** Who else has saved a reply last; 404 where nobody has begun one. */
export async function latestWriter(db: Db, conversation: string, besides: string): Promise<string> {
  const draft = await db
    .selectFrom('drafts')
    .select('agent')
    .where('conversation', '=', conversation)
    .where('kind', '=', 'reply')
    .where('agent', '<>', besides)
    .orderBy('updated_at', 'desc')
    .executeTakeFirst()
  return draft?.agent ?? refuse('not_found')
}
