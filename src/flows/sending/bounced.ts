import type { IncomingBounce } from '#channels/channel.ts'
import * as customers from '#features/customers/customers.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import type { Db } from '#platform/db/db.ts'
import { append, system } from '#platform/events/events.ts'
import { bringBack, lockFor } from './announce.ts'

/** A report about a message of ours: its deliveries, the addresses that fail, and its author learn of it. */
export async function bounced(tx: Db, message: string, report: IncomingBounce, now: Date): Promise<void> {
  if (report.kind === 'feedback' || !(await deliveries.isSending(tx, message))) return
  const settling = await lockFor(tx, message)
  const { address, status, text, final, reason } = report
  const cameBack = { address: address?.toLowerCase() ?? null, status, text, own: ownWords(reason, text) }
  const recipients = await deliveries.bounce(tx, message, cameBack, final, now)
  const told = { recipients, text, status }
  if (!final) {
    const { conversation } = settling.sending
    await append(tx, {
      at: now,
      actor: system,
      kind: 'delivery_delayed',
      conversation,
      item: message,
      after: told,
    })
    return
  }
  if (report.kind === 'hard') await customers.noteFailing(tx, recipients, now)
  await bringBack(tx, settling, 'delivery_bounced', told, now)
}

/** In plain words before the server's; where the server said nothing, alone. */
const ownWords = (reason: string | null, text: string) =>
  reason && reason !== 'other' ? `sending:${text === '' ? 'bounceAlone' : 'bounce'}.${reason}` : null
