// The pen moves: a colleague's reply draft becomes one's own, uploads included. While its author is typing it does
// not: his last save must be 20 seconds old, or he gives it himself to who has asked for it.
import { after, seconds } from '#platform/clock/clock.ts'
import { type Db, json } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { handOver } from '../attachments/attachments.ts'
import { joinedHtml } from './joined-html.ts'
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
  await move(tx, draft, to, { agent: to, at })
}

/** The writer is at it: he is told that somebody waits for the pen. Asked again, the latest who asks counts. */
export async function askFor(
  tx: Db,
  conversation: string,
  from: string,
  by: string,
  at: Date,
): Promise<void> {
  if (from === by || !(await lockDraft(tx, conversation, from))) return refuse('not_found')
  await tx
    .updateTable('drafts')
    .set({ asked_by: by, asked_at: at })
    .where('conversation', '=', conversation)
    .where('agent', '=', from)
    .where('kind', '=', 'reply')
    .execute()
  await tell(tx, 'draft_asked', { conversation, agent: from, kind: 'reply' }, { agent: by, at })
}

/** The writer gives the pen to who has asked, or goes on writing: then nobody waits any more. */
export async function answerAsked(
  tx: Db,
  conversation: string,
  writer: string,
  { give }: { give: boolean },
  at: Date,
): Promise<void> {
  const draft = await lockDraft(tx, conversation, writer)
  if (!draft?.asked_by) return refuse('not_found')
  if (give) return move(tx, draft, draft.asked_by, { agent: writer, at })
  await tx
    .updateTable('drafts')
    .set({ asked_by: null, asked_at: null })
    .where('conversation', '=', conversation)
    .where('agent', '=', writer)
    .where('kind', '=', 'reply')
    .execute()
  await tell(tx, 'draft_saved', { conversation, agent: writer, kind: 'reply' }, { agent: writer, at })
}

type Row = NonNullable<Awaited<ReturnType<typeof lockDraft>>>
async function move(tx: Db, draft: Row, to: string, by: { agent: string; at: Date }): Promise<void> {
  const { conversation, agent: from } = draft
  const own = await lockDraft(tx, conversation, to)
  const { text, attachments } = draft
  const values = {
    // What the taker had begun himself stands below, not lost.
    text: own?.text ? `${text}\n\n${own.text}` : text,
    html: own?.html || own?.text ? joinedHtml(draft, own) : draft.html,
    recipients: nullable(draft.recipients),
    copies: nullable(draft.copies),
    blind_copies: nullable(draft.blind_copies),
    attachments: [...attachments, ...(own?.attachments ?? [])],
    last_seen: draft.last_seen,
    after_sending: nullable(draft.after_sending),
    stopped_at: draft.stopped_at,
    begun_at: draft.begun_at,
    updated_at: by.at,
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
  await tell(tx, 'draft_taken', { conversation, agent: from, kind: 'reply' }, by)
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
