import type { Db } from '#platform/db/db.ts'
import { lockMessage } from './sending.ts'
import { noteAttempt } from './settle.ts'

/**
 * A recipient who was not reached is reached elsewhere: the same delivery, with all its attempts, goes on under
 * another address. @returns false: nothing has failed there, or it goes to that address already
 */
export async function redirect(
  tx: Db,
  message: string,
  { from, to }: { from: string; to: string },
  now: Date,
): Promise<boolean> {
  await lockMessage(tx, message)
  const all = await tx
    .selectFrom('deliveries')
    .select(['id', 'recipient', 'state'])
    .where('message', '=', message)
    .execute()
  const meant = all.find(({ recipient }) => recipient === from)
  const failed = meant && ['failed', 'bounced', 'uncertain'].includes(meant.state)
  if (!failed || all.some(({ recipient }) => recipient.toLowerCase() === to.toLowerCase())) return false
  await tx
    .updateTable('deliveries')
    .set({ recipient: to, state: 'queued', due_at: now, attempts: 0, first_tried_at: null, settled_at: null })
    .where('id', '=', meant.id)
    .execute()
  const own = { key: 'sending:attempt.redirected', params: { from, to } }
  await noteAttempt(tx, meant.id, 'queued', { code: null, text: '', own }, now)
  return true
}
