import type { Db } from '#platform/db/db.ts'
import { type Actor, append, type NewEvent } from '#platform/events/events.ts'
import { type ConversationRow, holderOf } from './change.ts'

export interface Beginning {
  at: Date
  actor: Actor
  inbox: string
  channel: string | null
  customer: string
  customerAddress: string | null
  /** whose it would be if the customer was not joined into another: his who has the number that called */
  origin?: string | null
  subject: string
  /** null: the team it was with is gone */
  team: string | null
  assignee?: string | null
  medium: string
  topic?: string | null
  language?: string | null
  /** history comes in silent and closed */
  closedAt?: Date | null
  lockedAt?: Date | null
  spam?: boolean
}

/** A new conversation without a message yet; `append` follows in the same transaction. */
export async function start(tx: Db, beginning: Beginning): Promise<ConversationRow> {
  const row = await tx
    .insertInto('conversations')
    .values(firstRow(beginning))
    .returningAll()
    .executeTakeFirstOrThrow()
  const event = await append(tx, { ...startedEvent(beginning), conversation: row.id })
  const { holder_kind, holder_id } = row
  if (holder_kind)
    await tx
      .insertInto('handoffs')
      .values({ conversation: row.id, holder_kind, holder_id, began_at: beginning.at, event })
      .execute()
  return row
}

/** The row as it begins. */
export function firstRow(beginning: Beginning) {
  const { at, actor, assignee = null } = beginning
  const category = beginning.lockedAt
    ? ('closed' as const)
    : beginning.closedAt
      ? ('solved' as const)
      : ('new' as const)
  const holder = holderOf({ category, customer: beginning.customer, assignee, team: beginning.team })
  const by = `${actor.kind}:${actor.id ?? ''}`
  return {
    inbox: beginning.inbox,
    channel: beginning.channel,
    customer: beginning.customer,
    customer_address: beginning.customerAddress,
    origin: beginning.origin ?? null,
    subject: beginning.subject,
    team: beginning.team,
    assignee,
    medium: beginning.medium,
    topic: beginning.topic ?? null,
    language: beginning.language ?? null,
    category,
    closed_at: beginning.closedAt ?? beginning.lockedAt ?? null,
    closed_by: category === 'new' ? null : by,
    locked_at: beginning.lockedAt ?? null,
    spam_at: beginning.spam ? at : null,
    spam_by: beginning.spam ? by : null,
    holder_kind: holder.kind,
    holder_id: holder.id,
    holder_since: holder.kind ? at : null,
    last_activity_at: at,
    created_at: at,
    updated_at: at,
  }
}

export function startedEvent(beginning: Beginning): NewEvent {
  const { inbox, customer, team, assignee, category, holder_kind, holder_id } = firstRow(beginning)
  const after = { inbox, customer, team, assignee, category, holder_kind, holder_id }
  return { at: beginning.at, kind: 'conversation_started', actor: beginning.actor, after }
}
