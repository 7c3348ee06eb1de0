import type { Db } from '#platform/db/db.ts'
import { countPlanned } from './plan.ts'

export interface SentElsewhere {
  message: string
  channel: string | null
  recipients: { address: string; role: 'to' | 'cc' }[]
  at: Date
}

/** Another program has sent it: nothing to do, and it is counted as any other. */
export async function noteSent(tx: Db, { message, channel, recipients, at }: SentElsewhere): Promise<void> {
  if (recipients.length === 0) return
  await tx
    .insertInto('deliveries')
    .values(
      recipients.map(({ address: recipient, role }) => ({
        message,
        channel,
        recipient,
        role,
        state: 'sent' as const,
        settled_at: at,
      })),
    )
    .execute()
  await countPlanned(tx, message, recipients.length)
}
