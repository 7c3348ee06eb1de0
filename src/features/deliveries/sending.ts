import { type Db, json } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'

/** A message of ours with all its deliveries' states. */
export interface Sending {
  message: string
  conversation: string
  position: number
  agent: string | null
  kind: 'reply' | 'start' | 'forward' | 'acknowledgement'
  quote: 'none' | 'last' | 'all'
  channel: string | null
  unlessCustomerWrites: boolean
  sendAt: Date | null
  then: unknown
  done: unknown
  states: string[]
  /** held for its writer to undo; it will leave by itself */
  inUndoWindow: boolean
}

/**
 * The message's row locked against other senders, undos and claims until the transaction ends. Lock the
 * conversation before it where both are needed.
 */
export async function lockMessage(tx: Db, message: string): Promise<void> {
  await tx.selectFrom('messages').select('id').where('id', '=', message).forNoKeyUpdate().execute()
}

export async function sendingOf(db: Db, message: string): Promise<Sending> {
  const row = await db
    .selectFrom('messages as m')
    .innerJoin('sendings as s', 's.message', 'm.id')
    .select(['m.id', 'm.conversation', 'm.position', 'm.unless_customer_writes', 'm.send_at', 'm.channel'])
    .select(['s.agent', 's.kind', 's.quote', 's.then', 's.done'])
    .where('m.id', '=', message)
    .executeTakeFirst()
  if (!row) refuse('not_found')
  const deliveries = await db
    .selectFrom('deliveries')
    .select(['state', 'due_at'])
    .where('message', '=', message)
    .execute()
  return {
    message: row.id,
    conversation: row.conversation,
    position: row.position,
    agent: row.agent,
    kind: row.kind,
    quote: row.quote,
    channel: row.channel,
    unlessCustomerWrites: row.unless_customer_writes,
    sendAt: row.send_at,
    then: row.then,
    done: row.done,
    states: deliveries.map(({ state }) => state),
    inUndoWindow: deliveries.some(({ state, due_at }) => state === 'held' && due_at !== null),
  }
}

/** `then` is done: what it changed is kept for as long as an undo could come. */
export async function noteDone(tx: Db, message: string, done: unknown): Promise<void> {
  await tx
    .updateTable('sendings')
    .set({ then: null, done: done ? json(done) : null })
    .where('message', '=', message)
    .execute()
}

/** Whether a message is one that we send: replies found in old mail are not. */
export async function isSending(db: Db, message: string): Promise<boolean> {
  const row = await db
    .selectFrom('sendings')
    .select('message')
    .where('message', '=', message)
    .executeTakeFirst()
  return row !== undefined
}
