import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { type Kind, kinds, type Medium, wants } from '#shared/notifications/choices.ts'
import { settingsOf } from '../agents/agents.ts'
import { seenBy, sightOf } from '../conversations/conversations.ts'
import type { Notification, Notifications } from './notifications.contract.ts'

const most = 50
export interface NewsRow {
  id: string
  kind: Kind
  at: Date
  number: string
  subject: string
  item: string | null
  actor_kind: string
  actor_name: string | null
}

/** What waits for an agent and he wants to hear of by this means; never what he may not see (any more). */
export async function waitingNews(
  db: Db,
  agent: string,
  medium: Medium,
  { only, limit = most }: { only?: 'unmailed' | { id: string }; limit?: number } = {},
): Promise<NewsRow[]> {
  const { notifications } = await settingsOf(db, agent)
  const sight = await sightOf(db, agent)
  const wanted = kinds.filter((kind) => wants(notifications, kind, medium))
  const one = only === 'unmailed' ? sql`and n.mailed_at is null` : only ? sql`and n.id = ${only.id}` : sql``
  const { rows } = await sql<NewsRow>`
    select n.id, n.kind, n.at, c.id as number, c.subject, n.item, n.actor_kind,
      case when n.actor_kind = 'collaborator' then (select author_name from comments where id = n.item)
        when n.actor_kind = 'agent' then (select name from agents where id = n.actor_id)
        else (select coalesce(name, (select value from customer_identities i where i.customer = k.id order by id limit 1))
          from customers k where n.actor_kind in ('customer', 'participant') and k.id = n.actor_id) end as actor_name
    from notifications n join conversations c on c.id = n.conversation
    where n.agent = ${agent} and n.read_at is null and n.kind = any(${wanted}::text[])
      and c.spam_at is null and c.trashed_at is null and ${seenBy(sight)} ${one}
    order by n.id desc limit ${limit}`.execute(db)
  return rows
}

/** Behind the bell: the newest that wait, and how many there are. */
export async function list(db: Db, agent: string): Promise<Notifications> {
  const rows = await waitingNews(db, agent, 'page', { limit: 1000 })
  return { items: rows.slice(0, most).map(show), unread: rows.length }
}

const show = (row: NewsRow): Notification => ({
  id: row.id,
  kind: row.kind,
  at: row.at.toISOString(),
  conversation: { number: Number(row.number), subject: row.subject },
  item: row.item,
  actor: row.actor_name ? { kind: row.actor_kind, name: row.actor_name } : null,
})
