// Every kind of channel this house speaks.
import type { Channel, Connection, SideTest } from '#channels/channel.ts'
import { customChannel } from '#channels/custom/custom.ts'
import { imapSettings, testImap } from '#channels/email/imap.ts'
import { mailLimits } from '#channels/email/limits.ts'
import { openMailReader } from '#channels/email/read-mail.ts'
import * as connections from '#features/connections/connections.ts'
import { openDns } from '#platform/dns/dns.ts'
import type { House } from '#platform/house.ts'

export interface Channels {
  /** reads what a channel of this kind brought; throws for a kind nobody knows */
  reader(kind: string): Pick<Channel, 'read' | 'limits'>
  close(): Promise<void>
}

/** Tries a connection's way in; what has none of its own (mail by the SMTP door, a signed webhook) is fine. */
export const testIn = async (house: House, connection: Connection): Promise<SideTest> =>
  connection.kind === 'mail'
    ? testImap(imapSettings(connection), () => connections.accessToken(house, connection))
    : { ok: true, error: null, hint: null }

export function openChannels(house: House): Channels {
  const { resolve } = openDns(house.config)
  const mail = openMailReader({
    secrets: house.secrets,
    resolve,
    zone: house.config.dnsZone !== null,
    sealers: house.config.sealers,
  })
  const readers: Record<string, Pick<Channel, 'read' | 'limits'>> = {
    mail: { read: mail.read, limits: mailLimits },
    custom: customChannel,
  }
  return {
    reader(kind) {
      return readers[kind] ?? unknownKind(kind)
    },
    close: mail.close,
  }
}

function unknownKind(kind: string): never {
  throw new Error(`there is no channel of kind ${kind}`)
}
