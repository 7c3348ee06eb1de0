import { readReplyAddress } from '#channels/email/tokens.ts'
import type { Finder } from './finder.ts'

/** A signed token in an address it came to (`support+c-<token>@…`): To, Cc, Delivered-To, the envelope. */
export const byReplyToken: Finder = {
  name: 'reply_token',
  signed: true,
  candidates: ({ house, message }) =>
    message.addressedTo.flatMap((address) => readReplyAddress(house.secrets, address)?.conversation ?? []),
}
