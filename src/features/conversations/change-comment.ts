// A comment changed or taken back by its author, or by an administrator. What it said before stays in its event;
// of one taken back nothing stays to be read, in its events neither.
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append as appendEvent, forgetWords } from '#platform/events/events.ts'
import { claim } from '../attachments/attachments.ts'
import { type By, type ConversationRow, refuseMerged } from './change.ts'
import { type CommentWords, checkMentions, mention, mentionNoMore } from './comment.ts'
import { retell } from './retell.ts'
import { kinOf } from './survivor.ts'

export interface Editor extends By {
  agent: string
  admin: boolean
}

async function ownComment(tx: Db, row: ConversationRow, id: string, { agent, admin }: Editor) {
  refuseMerged(row)
  const known = await tx
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', id)
    .where('conversation', '=', row.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!known) return refuse('not_found')
  const own = known.author_kind === 'agent' && known.author_id === agent
  return own || admin ? known : refuse('not_yours')
}

export async function changeComment(
  tx: Db,
  row: ConversationRow,
  id: string,
  words: Partial<CommentWords>,
  by: Editor,
): Promise<void> {
  const known = await ownComment(tx, row, id, by)
  const { attachments = [], ...said } = words
  const { text, html, mentions, stop } = { ...known, ...said }
  await checkMentions(tx, said.mentions ?? [])
  await tx
    .updateTable('comments')
    .set({ text, html, mentions, stop, edited_at: by.at })
    .where('id', '=', id)
    .execute()
  if (attachments.length > 0) await claim(tx, attachments, by.agent, { comment: id })
  for (const agent of mentions)
    if (!known.mentions.includes(agent)) await mention(tx, row, agent, known.position, by)
  await mentionNoMore(
    tx,
    row.id,
    known.mentions.filter((agent) => !mentions.includes(agent)),
  )
  await tell(tx, row, 'comment_edited', id, by, {
    before: { text: known.text, stop: known.stop, mentions: known.mentions },
    after: { text, stop, mentions },
  })
}

export async function removeComment(tx: Db, row: ConversationRow, id: string, by: Editor): Promise<void> {
  const { mentions } = await ownComment(tx, row, id, by)
  await tx
    .updateTable('comments')
    .set({ text: '', html: null, stop: false, mentions: [], deleted_at: by.at, deleted_by: by.agent })
    .where('id', '=', id)
    .execute()
  await mentionNoMore(tx, row.id, mentions)
  await forgetWords(tx, await kinOf(tx, row.id), id)
  await tell(tx, row, 'comment_deleted', id, by, {})
}

async function tell(
  tx: Db,
  row: ConversationRow,
  kind: string,
  item: string,
  { actor, at }: Editor,
  what: { before?: Record<string, unknown>; after?: Record<string, unknown> },
) {
  if (row.last_item === item) await retell(tx, row.id)
  await appendEvent(tx, { at, actor, kind, conversation: row.id, item, ...what })
}
