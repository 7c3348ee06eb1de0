// The IMAP mailboxes of every channel that has one, each watched for as long as it is switched on.
import { imapSettings } from '#channels/email/imap.ts'
import * as connections from '#features/connections/connections.ts'
import { type Mailbox, watchMailbox } from '#flows/receive/mailbox.ts'
import type { Receiver } from '#flows/receive/receiver.ts'
import type { Wire } from '#platform/db/listen.ts'
import type { House } from '#platform/house.ts'

export function openMailboxes(house: House, receiver: Receiver, wire: Wire): { close(): Promise<void> } {
  const watched = new Map<string, { settings: string; mailbox: Mailbox }>()
  let closed = false
  let turn: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    if (closed) return
    const all = await connections.openConnections(house.db, house.secrets, { kind: 'mail' })
    const wanted = new Map(all.filter((one) => imapSettings(one)).map((one) => [one.id, one]))
    for (const [id, { settings, mailbox }] of watched) {
      if (wanted.has(id) && settings === JSON.stringify(wanted.get(id))) continue
      watched.delete(id)
      await mailbox.close()
    }
    for (const [id, connection] of wanted)
      if (!watched.has(id) && !closed)
        watched.set(id, {
          settings: JSON.stringify(connection),
          mailbox: watchMailbox(house, receiver, connection),
        })
  }
  const lookAgain = () => {
    turn = turn.then(look).catch((error) => house.log.error('mailboxes', { error }))
  }
  const stopHearing = wire.on(connections.channelsChanged, lookAgain)
  // Each time the wire was down a change may have been missed; at first it is what is there.
  const stopOpening = wire.onOpen(lookAgain)
  lookAgain()
  return {
    async close() {
      closed = true
      stopHearing()
      stopOpening()
      await turn
      await Promise.all([...watched.values()].map(({ mailbox }) => mailbox.close()))
    },
  }
}
