import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { read } from '#channels/email/read/read.ts'
import type { OutboxRow } from '#features/outbox/outbox.ts'
import { replySubject } from './sending/letter.ts'

export interface Answer {
  text: string
  attachments?: { filename: string; content: string | Buffer; contentType?: string }[]
  headers?: Record<string, string>
}

/** From the first recipient to whoever the mail asks to be answered, with the thread's headers and the mail quoted. */
export async function answerTo(
  mail: Pick<OutboxRow, 'source' | 'recipients' | 'sender' | 'at'>,
  { text, attachments, headers }: Answer,
  now: Date,
) {
  const original = await read(mail.source)
  const [from] = original.to
  const writer = from ?? { name: '', address: mail.recipients[0] ?? 'customer@example.com' }
  const to = original.replyTo[0] ?? original.from[0] ?? { name: '', address: mail.sender }
  const quoted = original.text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
  const raw = await new MailComposer({
    from: { name: writer.name, address: writer.address },
    to: { name: to.name, address: to.address },
    subject: replySubject(original.subject),
    date: now,
    messageId: `<${randomUUID()}@${writer.address.split('@').at(-1)}>`,
    inReplyTo: original.messageId ? `<${original.messageId}>` : undefined,
    references: [...original.references, ...(original.messageId ? [original.messageId] : [])].map(
      (one) => `<${one}>`,
    ),
    text: `${text}\n\nOn ${mail.at.toUTCString()}, ${to.name || to.address} wrote:\n${quoted}\n`,
    attachments,
    headers,
    newline: 'windows',
  })
    .compile()
    .build()
  return { raw, envelopeFrom: writer.address, envelopeTo: [to.address] }
}
