import type { ChannelLimits } from '../channel.ts'

export const mailLimits: ChannelLimits = {
  text: null,
  html: true,
  attachments: true,
  copies: true,
  subject: true,
  undoSeconds: 60,
  guardsCustomerMessages: true,
}
