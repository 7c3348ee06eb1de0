// Conversations as they cross the wire.
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { Category, Conversation } from './conversations.contract.ts'
import { rowsToShow, type ShownRow } from './show.queries.ts'

/** These conversations, in this order, as `reader` (an agent's id) sees them; whether he may is asked before. */
export async function showConversations(db: Db, ids: string[], reader: string): Promise<Conversation[]> {
  return (await rowsToShow(db, ids, reader)).map(show)
}

export async function showConversation(db: Db, id: string, reader: string): Promise<Conversation> {
  const [shown] = await showConversations(db, [id], reader)
  return shown ?? refuse('not_found')
}

/** A status by its own name where it has one; else the category itself, which the console puts into words. */
export const showStatus = (category: Category, name: string | null) => ({ category, name: name ?? category })

const timeText = (time: Date | null) => time?.toISOString() ?? null

function show(row: ShownRow): Conversation {
  return {
    number: Number(row.id),
    subject: row.subject,
    status: showStatus(row.category, row.status_name),
    priority: row.priority,
    holderSince: timeText(row.holder_since),
    holder: row.holder_kind && { kind: row.holder_kind, id: row.holder_id, name: row.holder_name },
    assignee: row.assignee ? { id: row.assignee, name: row.assignee_name ?? '' } : null,
    team: row.team ? { id: row.team, name: row.team_name ?? '' } : null,
    inbox: { id: row.inbox, name: row.inbox_name, address: row.inbox_address },
    customer: {
      id: row.customer,
      name: row.customer_name,
      address: row.address,
      vip: row.customer_vip,
      hint: row.customer_hint,
    },
    participants: row.participants,
    tags: row.tags,
    topic: row.topic,
    fields: row.fields as Conversation['fields'],
    links: row.links,
    merged: row.merged,
    mergedInto: row.merged_into ? Number(row.merged_into) : null,
    snoozedUntil: timeText(row.snoozed_until),
    waitingSince: timeText(row.waiting_since),
    strayed: row.strayed,
    consults: row.consults,
    spam: row.spam_at !== null,
    spamVerdict: row.spam_verdict,
    trashed: row.trashed_at !== null,
    unread: row.unread,
    following: row.following,
    preview: row.preview,
    hasAttachments: row.has_attachments,
    draft: row.draft,
    drafts: row.drafts.map(({ since, ...draft }) => ({ ...draft, since: new Date(since).toISOString() })),
    lastItem: row.last_item,
    lastActivityAt: row.last_activity_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
