// Whether addresses with a plus reach an inbox is learnt, not believed: a channel's test mails the inbox at such an
// address by the channel's own server. When that mail comes in, the inbox uses them (Reply-To, return path). It ends
// in the ledger as ignored(own_loop), like any mail of ours that comes back; where it never comes, nothing changes.
import type { Connection } from '#channels/channel.ts'
import { probeAddress, readProbeAddress } from '#channels/email/tokens.ts'
import * as inboxes from '#features/inboxes/inboxes.ts'
import { system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { mailToSelf } from './mail-to-self.ts'
import type { Receiving } from './receive/receiving.ts'
import type { SendingChannels } from './sending/way-out.ts'

/** Mails the probe where there is something to learn and a server to send it by; what goes wrong is no news. */
export async function sendPlusProbe(
  house: House,
  channels: SendingChannels,
  connection: Connection,
): Promise<void> {
  const { db, secrets } = house
  const way = channels(connection.kind)
  const inbox = await inboxes.findInbox(db, connection.inbox)
  const to = inbox && probeAddress(secrets, inbox.address, inbox.id)
  if (connection.kind !== 'mail' || !way.canDeliver?.(connection) || !to || inbox.plusAddressing) return
  const probe = mailToSelf(house, inbox, to, {
    subject: text('en', 'sending:probe.subject'),
    text: text('en', 'sending:probe.text'),
  })
  await way.deliver(probe, [to], connection, AbortSignal.timeout(20_000))
}

/** The probe is here: from now on this inbox uses addresses with a plus. */
export async function takePlusProbe({ tx, house, message, entry, now }: Receiving): Promise<void> {
  const addresses = [...entry.envelopeTo, ...message.addressedTo]
  const isProbe = addresses.some((one) => readProbeAddress(house.secrets, one) === entry.inbox)
  if (!isProbe || (entry.door !== 'imap' && entry.door !== 'smtp')) return
  const inbox = await inboxes.findInbox(tx, entry.inbox)
  if (inbox && !inbox.plusAddressing)
    await inboxes.changeInbox(tx, { at: now, actor: system }, inbox.id, { plusAddressing: true })
}
