// The doors of one process: what brings messages in, and the receiver behind them.
import type { Remote } from '#channels/channel.ts'
import { openSmtpDoor } from '#channels/email/smtp-door.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { knownInboxes } from '#flows/receive/known-inboxes.ts'
import { openReceiver, type Receiver } from '#flows/receive/receiver.ts'
import { isWithin } from '#platform/config/is-within.ts'
import { tell, type Wire } from '#platform/db/listen.ts'
import { Mendable } from '#platform/errors/mendable.ts'
import type { House } from '#platform/house.ts'
import { openChannels } from './channels.ts'
import { openMailboxes } from './mailboxes.ts'

export interface Doors {
  receiver: Receiver
  /** the SMTP door's port as it really listens; null for a worker */
  smtpPort: number | null
  close(): Promise<void>
}

/** Said when a process without lanes has kept a message. */
const mailChannel = 'foyer_mail'

export async function openDoors(house: House, wire: Wire): Promise<Doors> {
  const { role, host, smtpPort } = house.config
  const channels = openChannels(house)
  const receiver = openReceiver(house, {
    channel: channels.reader,
    works: role !== 'web',
    onLeft: () =>
      void tell(house.db, mailChannel, '').catch((error) => house.log.warn('mail left', { error })),
  })
  const sweep = () => void receiver.sweep(house.clock.now())
  const begin = async () => {
    await ledger.takeOver(house.db, house.clock.now())
    sweep()
  }
  if (role !== 'web') void begin().catch((error) => house.log.warn('mail left', { error }))
  const stopHearing = role === 'web' ? () => {} : wire.on(mailChannel, sweep)
  const mailboxes = role === 'web' ? null : openMailboxes(house, receiver, wire)
  const smtp =
    role === 'worker' ? null : await openSmtp(house, receiver, host, smtpPort).catch(badCertificate)
  if (smtp) house.log.info('smtp door', { port: smtp.port })
  return {
    receiver,
    smtpPort: smtp?.port ?? null,
    async close() {
      stopHearing()
      await Promise.all([smtp?.close(), mailboxes?.close()])
      await receiver.close()
      await channels.close()
    },
  }
}

/** What the mail server before us found out about a sender is believed, from its own machines alone. */
const told = (remote: Remote, { name, from }: { name: string; from: string[] }): Remote =>
  remote.address && isWithin(remote.address, from) ? { ...remote, authServer: name } : remote

/** A door that was to be encrypted does not open in clear. */
function badCertificate(error: NodeJS.ErrnoException): never {
  if (error.syscall === 'listen') throw error
  throw new Mendable(
    `The certificate of the mail door cannot be used: ${error.message}. Check FOYER_SMTP_CERT and FOYER_SMTP_KEY.`,
  )
}

function openSmtp(house: House, receiver: Receiver, host: string, port: number) {
  return openSmtpDoor({
    host,
    port,
    log: house.log,
    certificate: house.config.smtpCertificate,
    inboxOf: knownInboxes(house.db),
    async take({ remote, ...message }) {
      await receiver.receive({
        ...message,
        remote: house.config.mailServer ? told(remote, house.config.mailServer) : remote,
        door: 'smtp',
        channel: null,
        kind: null,
        sourceKey: null,
        mode: 'live',
      })
    },
    async refused({ inboxes, ...message }) {
      for (const inbox of inboxes)
        await ledger.turnAway(house.db, {
          ...message,
          door: 'smtp',
          channel: null,
          inbox,
          reason: 'too_big',
          at: house.clock.now(),
        })
    },
  })
}
