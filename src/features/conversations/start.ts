import type { Db } from '#platform/db/db.ts'
import { type Actor, append } from '#platform/events/events.ts'
import { type ConversationRow, handOver, holderOf } from './change.ts'

export interface Beginning {
  at: Date
  actor: Actor
  inbox: string
  channel: string | null
  customer: string
  customerAddress: string | null
  subject: string
  team: string
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
  const { at, actor } = beginning
  const category = beginning.lockedAt ? 'closed' : beginning.closedAt ? 'solved' : 'new'
  const holder = holderOf({
    category,
    customer: beginning.customer,
    assignee: beginning.assignee ?? null,
    team: beginning.team,
  })
  const by = `${actor.kind}:${actor.id ?? ''}`
  const row = await tx
    .insertInto('conversations')
    .values({
      inbox: beginning.inbox,
      channel: beginning.channel,
      customer: beginning.customer,
      customer_address: beginning.customerAddress,
      subject: beginning.subject,
      team: beginning.team,
      assignee: beginning.assignee ?? null,
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
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const event = await append(tx, {
    at,
    kind: 'conversation_started',
    actor,
    conversation: row.id,
    after: {
      inbox: row.inbox,
      customer: row.customer,
      team: row.team,
      assignee: row.assignee,
      category,
      holder_kind: holder.kind,
      holder_id: holder.id,
    },
  })
  if (holder.kind) await handOver(tx, row.id, row, at, event)
  return row
}
