import { setTimeout as wait } from 'node:timers/promises'
import type { DeliveryOutcome, OutgoingMessage } from '#channels/channel.ts'
import { smtpHint } from '#channels/email/deliver.ts'
import * as connections from '#features/connections/connections.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import * as outbox from '#features/outbox/outbox.ts'
import { type Db, inTransaction, isDatabaseAway, sqlState } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { announce, lockFor } from './announce.ts'
import { outgoing } from './outgoing.ts'
import type { SendingChannels } from './way-out.ts'

/** claim → channel → settle: one message, all its due recipients. Never throws for what the world does. */
export async function send(
  house: House,
  channels: SendingChannels,
  claim: deliveries.Claim,
  signal: AbortSignal,
): Promise<void> {
  const carried = await carry(house, channels, claim, signal)
  for (;;)
    try {
      return await inTransaction(house.db, (tx) => note(tx, house, claim, carried))
    } catch (error) {
      // What the server said is known here alone: it is held on to until the database is back.
      if (signal.aborted || !(isDatabaseAway(error) || sqlState(error) === '40P01')) throw error
      house.log.warn('not noted yet', { message: claim.message, error })
      await wait(500, undefined, { signal }).catch(() => {})
    }
}

async function note(
  tx: Db,
  house: House,
  claim: deliveries.Claim,
  { outcomes, byToken, keep }: Carried,
): Promise<void> {
  const now = house.clock.now()
  const settling = await lockFor(tx, claim.message)
  const settled = await deliveries.settle(tx, claim, outcomes, now)
  if (settled.sent.length > 0) await keep?.(tx)
  await announce(tx, settling, settled, now)
  if (claim.channel) await connections.noteSending(tx, claim.channel, problemOf(settled, byToken), now)
}

interface Carried {
  outcomes: DeliveryOutcome[]
  /** the channel signs in by a token */
  byToken?: boolean
  /** what must be written where the message counts as sent */
  keep?: (tx: Db) => Promise<void>
}

async function carry(
  house: House,
  channels: SendingChannels,
  claim: deliveries.Claim,
  signal: AbortSignal,
): Promise<Carried> {
  const recipients = claim.recipients.map(({ recipient }) => recipient)
  const all = (outcome: DeliveryOutcome['outcome'], words: Pick<DeliveryOutcome, 'text' | 'own'>) => ({
    outcomes: recipients.map((recipient) => ({ recipient, outcome, code: null, ...words })),
  })
  try {
    const [connection] = claim.channel
      ? await connections.openConnections(house.db, house.secrets, { id: claim.channel })
      : []
    if (claim.channel && !connection) return all('retry', ours('switched_off'))
    const channel = channels(connection?.kind ?? 'mail')
    const message = await outgoing(house, claim, channel.limits)
    if (connection && channel.canDeliver?.(connection) !== false)
      return {
        outcomes: await channel.deliver(message, recipients, connection, signal),
        byToken: Boolean(connection.settings.oauth),
      }
    const source = await channel.compose?.(message)
    if (!source) return all('failed', ours('nowhere'))
    return { ...all('sent', ours('kept')), keep: keepIn(message, recipients, source) }
  } catch (error) {
    // A bug of ours or a file that is gone: nothing has left, and it shows.
    house.log.error('sending', { message: claim.message, error })
    return all('retry', { text: error instanceof Error ? error.message : String(error) })
  }
}

const ours = (code: string) => ({ text: '', own: { key: `sending:attempt.${code}` } })

const keepIn = (message: OutgoingMessage, recipients: string[], source: Uint8Array) => (tx: Db) =>
  outbox.keep(tx, { message, recipients, source })

/** What the channel's health shows: the newest trouble, or none. */
function problemOf(
  { sent, waiting, failed }: deliveries.Settled,
  byToken = false,
): connections.Trouble | null {
  if (sent.length > 0) return null
  if (waiting[0]?.text) return { words: waiting[0].text, hint: smtpHint(waiting[0].text, byToken) }
  return failed[0]?.text ? { words: failed[0].text, hint: 'sending:hint.refused' } : null
}
