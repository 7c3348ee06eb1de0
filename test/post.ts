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
}

/** Sends one mail and waits until it is at rest. @returns the conversation's number and the message's id */
export async function mailIn(
  { desk, house }: Pick<TestDesk, 'desk' | 'house'>,
  mail: Mail = {},
): Promise<{ number: number; item: string; messageId: string }> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: desk.smtpPort ?? 0,
    tls: { rejectUnauthorized: false },
  })
  const sent = await transport.sendMail({
    from: 'Anna Bell <anna@mail.example>',
    to: 'support@example.com',
    subject: 'Where is my order',
    text: 'Hello, where is it?',
    ...mail,
  })
  transport.close()
  await desk.settle()
  const messageId = sent.messageId.replace(/^<|>$/g, '')
  const row = await house.db
    .selectFrom('ledger')
    .select(['conversation', 'item', 'outcome', 'reason'])
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow()
  if (!row.conversation || !row.item) throw new Error(`the mail was ${row.outcome} (${row.reason})`)
  return { number: Number(row.conversation), item: row.item, messageId }
}
