import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'

export interface Plan {
  message: string
  channel: string | null
  kind: 'reply' | 'start' | 'forward' | 'acknowledgement'
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
  // One statement: nobody reads one of these rows without the others.
  await tx
    .with('planned', (db) =>
      db.insertInto('deliveries').values(
        plan.recipients.map(({ address, role }) => ({
          message: plan.message,
          channel: plan.channel,
          recipient: address,
          role,
          state: plan.state,
          due_at: plan.dueAt,
        })),
      ),
    )
    .with('sending', (db) =>
      db.insertInto('sendings').values({
        message: plan.message,
        agent: plan.agent,
        kind: plan.kind,
        quote: plan.quote,
        then: plan.then ? json(plan.then) : null,
        done: plan.done ? json(plan.done) : null,
      }),
    )
    .insertInto('delivery_counts')
    .values({ shard: Number(plan.message) % shards, total: String(plan.recipients.length) })
    .onConflict((known) =>
      known
        .column('shard')
        .doUpdateSet((set) => ({ total: sql`${set.ref('delivery_counts.total')} + excluded.total` })),
    )
    .execute()
}

/** The same count, for what was planned elsewhere. */
export async function countPlanned(tx: Db, message: string, count: number): Promise<void> {
  await sql`insert into delivery_counts (shard, total) values (${Number(message) % shards}, ${count})
    on conflict (shard) do update set total = delivery_counts.total + excluded.total`.execute(tx)
}

/** Several rows, so that senders do not queue for one. */
const shards = 16
