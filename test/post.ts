// Mail as a customer's program sends it, through the desk's own SMTP door, and what became of it.
import { createTransport } from 'nodemailer'
import type { TestDesk } from './desk.ts'

export interface Mail {
  from?: string
  to?: string | string[]
  cc?: string | string[]
  subject?: string
  text?: string
  html?: string
  inReplyTo?: string
  references?: string[]
  messageId?: string
  headers?: Record<string, string>
  attachments?: { filename: string; content: string | Buffer; cid?: string; contentType?: string }[]
  /** the whole mail as it is; then `messageId` only says which it is */
  raw?: string
}

/** Sends one mail and waits until it is at rest. @returns the conversation's number and the message's id */
export async function mailIn(
  { desk, house }: Pick<TestDesk, 'desk' | 'house'>,
  { raw, ...mail }: Mail = {},
): Promise<{ number: number; item: string; messageId: string }> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: desk.smtpPort ?? 0,
    tls: { rejectUnauthorized: false },
  })
  const whole = {
    from: 'Anna Bell <anna@mail.example>',
    to: 'support@example.com',
    subject: 'Where is my order',
    text: 'Hello, where is it?',
    ...mail,
  }
  const envelope = { from: mail.from ?? 'anna@mail.example', to: 'support@example.com' }
  const sent = await transport.sendMail(raw ? { raw, envelope } : whole)
  transport.close()
  await desk.settle()
  const messageId = (mail.messageId ?? sent.messageId ?? '').replace(/^<|>$/g, '')
  const row = await house.db
    .selectFrom('ledger')
    .select(['conversation', 'item', 'outcome', 'reason'])
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow()
  if (!row.conversation || !row.item) throw new Error(`the mail was ${row.outcome} (${row.reason})`)
  return { number: Number(row.conversation), item: row.item, messageId }
}
