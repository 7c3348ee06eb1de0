import type { Mailbox, ReadMail } from '#channels/email/read/mail.ts'
import type { Preview } from '#features/attachments/attachments.contract.ts'

/** characters */
const mostText = 300_000

/** A mail within a mail, as its words: its HTML and its own files stay where they are. */
export function mailPreview(mail: ReadMail): Extract<Preview, { kind: 'mail' }> {
  return {
    kind: 'mail',
    from: people(mail.from),
    to: people(mail.to),
    cc: people(mail.cc),
    subject: mail.subject,
    date: mail.date?.toISOString() ?? null,
    text: mail.text.slice(0, mostText).toWellFormed(),
    cut: mail.text.length > mostText,
    attachments: mail.attachments.slice(0, 200).map(({ name, size }) => ({ name, size })),
  }
}

export const people = (mailboxes: Mailbox[]): string =>
  mailboxes
    .slice(0, 100)
    .map(({ name, address }) => (name ? `${name} <${address}>` : address))
    .join(', ')
