// What carries messages out of the house, and this process's hands for it.
import type { Connection, SideTest } from '#channels/channel.ts'
import { customChannel } from '#channels/custom/custom.ts'
import { compose } from '#channels/email/compose.ts'
import { openMailOut } from '#channels/email/deliver.ts'
import { mailLimits } from '#channels/email/limits.ts'
import { smtpSettings } from '#channels/email/smtp-settings.ts'
import * as connections from '#features/connections/connections.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { queueDue } from '#flows/send-reply.ts'
import { openSender } from '#flows/sending/sender.ts'
import type { SendingChannel, SendingChannels } from '#flows/sending/way-out.ts'
import type { DueKind } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'

export interface WaysOut {
  channels: SendingChannels
  /** tries a channel's way out with the settings given */
  test(connection: Connection): Promise<SideTest>
  /** what is due to leave, and what is due to be sent */
  due: Record<string, DueKind>
  close(): Promise<void>
}

export function openWaysOut(house: House): WaysOut {
  const mail = openMailOut({
    of: (connection) => connections.accessToken(house, connection),
    refused: ({ id }) => connections.dropAccess(house.db, id),
  })
  const kinds: Record<string, SendingChannel> = {
    mail: {
      limits: mailLimits,
      deliver: mail.deliver,
      compose,
      canDeliver: (connection) => smtpSettings(connection) !== null,
    },
    custom: customChannel,
  }
  const channels: SendingChannels = (kind) => kinds[kind] ?? unknownKind(kind)
  return {
    channels,
    test: async (connection) =>
      connection.kind === 'mail' ? mail.test(connection) : (await customChannel.test(connection)).out,
    due: {
      leaving: { work: (now) => queueDue({ house, channels }, now), rows: deliveries.toLeave },
      sending: { work: openSender(house, channels), rows: deliveries.toBeSent },
    },
    close: async () => mail.close(),
  }
}

function unknownKind(kind: string): never {
  throw new Error(`there is no channel of kind ${kind}`)
}
