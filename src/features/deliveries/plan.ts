import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'

export interface Plan {
  message: string
  channel: string | null
  kind: 'reply' | 'start' | 'forward'
  agent: string | null
  recipients: { address: string; role: 'to' | 'cc' | 'bcc' }[]
  state: 'scheduled' | 'held' | 'queued'
  dueAt: Date
  quote: 'none' | 'last' | 'all'
  /** what is still to be done when a later sending leaves */
  then?: unknown
  /** what was changed at once, for undo */
  done?: unknown
}

/** One delivery per recipient, counted apart, in the transaction of the message. */
export async function plan(tx: Db, plan: Plan): Promise<void> {
  await tx
    .insertInto('deliveries')
    .values(
      plan.recipients.map(({ address, role }) => ({
        message: plan.message,
        channel: plan.channel,
        recipient: address,
        role,
        state: plan.state,
        due_at: plan.dueAt,
      })),
    )
    .execute()
  await tx
    .insertInto('sendings')
    .values({
      message: plan.message,
      agent: plan.agent,
      kind: plan.kind,
      quote: plan.quote,
      then: plan.then ? json(plan.then) : null,
      done: plan.done ? json(plan.done) : null,
    })
    .execute()
  await count(tx, plan.recipients.length, Number(plan.message) % shards)
}

/** Several rows, so that senders do not queue for one. */
const shards = 16
const count = (tx: Db, n: number, shard: number) =>
  sql`insert into delivery_counts (shard, total) values (${shard}, ${n})
    on conflict (shard) do update set total = delivery_counts.total + excluded.total`.execute(tx)
