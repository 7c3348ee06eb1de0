import MailComposer from 'nodemailer/lib/mail-composer'
import type { Db } from '#platform/db/db.ts'

/** The mail in words, as the job that posts it gets it: sealed, for the link in it opens a door. */
export interface SystemLetter {
  kind: string
  at: string
  from: { name: string; address: string }
  to: { name: string; address: string }
  subject: string
  text: string
  /** an address where answers are understood; without it they go to `from` */
  replyTo?: string
  /** without angle brackets; without it a new one of ours */
  messageId?: string
  /** besides systemHeaders */
  headers?: Record<string, string>
}

/** Into the test mailbox, for administrators. */
export async function keepSystemMail(
  tx: Db,
  { kind, at, from, to, subject, text, headers, replyTo, messageId }: SystemLetter,
): Promise<void> {
  const date = new Date(at)
  const source = await new MailComposer({
    from,
    to,
    subject,
    text,
    date,
    ...(replyTo ? { replyTo } : {}),
    ...(messageId ? { messageId: `<${messageId}>` } : {}),
    headers: { ...systemHeaders, ...headers },
  })
    .compile()
    .build()
  await tx
    .insertInto('outbox_mails')
    .values({
      system_kind: kind,
      at: date,
      sender: from.address,
      recipients: [to.address],
      subject,
      text,
      source,
    })
    .execute()
}

/** RFC 3834: nobody's out-of-office note shall answer it. */
export const systemHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
