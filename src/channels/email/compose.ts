import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailboxName, OutgoingMessage } from '../channel.ts'

type MailOptions = ConstructorParameters<typeof MailComposer>[0]

/** What the mail program's library makes a mail of. Bcc stands in the envelope alone. */
export function mailOptions(message: OutgoingMessage): NonNullable<MailOptions> {
  return {
    from: mailbox(message.from),
    replyTo: message.replyTo ? mailbox(message.replyTo) : undefined,
    to: message.to.map(mailbox),
    cc: message.cc.map(mailbox),
    subject: oneLine(message.subject),
    messageId: `<${message.messageId}>`,
    inReplyTo: message.inReplyTo ? `<${message.inReplyTo}>` : undefined,
    references: message.references.map((id) => `<${id}>`),
    date: message.at,
    headers: message.headers,
    text: message.text,
    html: message.html ?? undefined,
    attachments: message.attachments.map((attachment) => ({
      filename: attachment.name,
      contentType: attachment.type,
      content: attachment.open(),
      ...(attachment.contentId
        ? { cid: attachment.contentId, contentDisposition: 'inline' }
        : { contentDisposition: 'attachment' }),
    })),
    // Nothing in a mail may make us read a file or fetch a page.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The mail as it would leave, RFC 5322, lines ended by CRLF. */
export async function compose(message: OutgoingMessage): Promise<Buffer> {
  return new MailComposer({ ...mailOptions(message), newline: 'windows' }).compile().build()
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
const mailbox = ({ name, address }: MailboxName) => ({ name: oneLine(name ?? ''), address })
