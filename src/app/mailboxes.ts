// The IMAP mailboxes of every channel that has one, each watched for as long as it is switched on.
import type { Connection } from '#channels/channel.ts'
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
    const wanted = new Map(all.filter((one) => imapSettings(one)).flatMap(foldersOf))
    for (const [id, { settings, mailbox }] of watched) {
      if (wanted.has(id) && settings === JSON.stringify(wanted.get(id))) continue
      watched.delete(id)
      await mailbox.close()
    }
    for (const [id, { connection, side }] of wanted)
      if (!watched.has(id) && !closed)
        watched.set(id, {
          settings: JSON.stringify({ connection, side }),
          mailbox: watchMailbox(house, receiver, connection, side),
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

/** The INBOX, and the folder of sent mail where it is to be watched. */
const foldersOf = (
  connection: Connection,
): [string, { connection: Connection; side: 'inbox' | 'sent' }][] => [
  [connection.id, { connection, side: 'inbox' }],
  ...(connection.settings.sentSince
    ? [
        [`${connection.id}:sent`, { connection, side: 'sent' }] as [
          string,
          { connection: Connection; side: 'sent' },
        ],
      ]
    : []),
]
