import { noticeAddress, noticeMark, noticeMessageId } from '#channels/email/tokens.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'

/** What a mail of news carries, so that an agent's answer to it finds back (receive/agent-mail.ts). */
export const noticeMarks = (secrets: Secrets) => ({
  address: (inbox: string, notice: string) => noticeAddress(secrets, inbox, notice),
  messageId: (notice: string, domain: string) => noticeMessageId(secrets, notice, domain),
  mark: (notice: string) => noticeMark(secrets, notice),
})
