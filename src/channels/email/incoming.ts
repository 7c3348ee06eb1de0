// A mail, read and classified, becomes the house's IncomingMessage.
import { keepable } from '#shared/text/keepable.ts'
import type { Circumstances, Identity, IncomingBounce, IncomingMessage, MailboxName } from '../channel.ts'
import { bounceReason } from './read/bounce-reason.ts'
import type { Classification } from './read/classify.ts'
import { type Digest, maxText } from './read/digest.ts'
import type { Mailbox, ReadAttachment, ReadMail } from './read/mail.ts'

export const mailIdentity = ({ address, name }: Mailbox): Identity => ({
  kind: 'mail',
  scope: '0',
  value: keepable(address, 320),
  name: keepable(name, 200) || null,
})
const mailboxName = ({ address, name }: Mailbox): MailboxName => ({
  name: keepable(name, 200) || null,
  address: keepable(address, 320),
})

/** What is told of the reading that only a signed marker needs: the conversations named in the quoted text. */
export interface Marking {
  readMarkers(text: string): string[]
  /** mails of consults named there */
  readConsultMarkers(text: string): string[]
  /** news mailed to an agent */
  readNoticeMarks(text: string): string[]
}

export function toIncoming(
  { mail, digest }: { mail: ReadMail; digest: Digest },
  how: Circumstances,
  { readMarkers, readConsultMarkers, readNoticeMarks }: Marking,
): IncomingMessage {
  const { kind, fold, thanks, forwarded } = digest
  return {
    messageId: idToKeep(mail.id),
    fingerprint: Buffer.from(mail.fingerprint, 'hex'),
    content: mail.contentHash,
    sentAt: mail.date,
    subject: keepable(mail.subject, 998) || null,
    from: writerOf(mail, how),
    replyTo: mail.replyTo.map(mailIdentity),
    to: mail.to.map(mailboxName),
    cc: mail.cc.map(mailboxName),
    addressedTo: addressesOf(mail, how),
    text: keepable(mail.text, maxText),
    html: mail.html === null ? null : keepable(mail.html, maxHtml),
    fold,
    references: [...new Set([...mail.inReplyTo, ...mail.references.toReversed()])].map(idToKeep),
    markers: readMarkers(`${mail.html ?? ''}\n${mail.text}`),
    consultMarkers: readConsultMarkers(`${mail.html ?? ''}\n${mail.text}`),
    noticeMarks: readNoticeMarks(`${mail.html ?? ''}\n${mail.text}`),
    attachments: mail.attachments.map(attachment),
    automatic: automaticOf(kind),
    bounce: bounceOf(kind),
    loops: kind.loops,
    spam: kind.spam,
    thanks,
    verified: null,
    forwardedFrom: forwarded && mailIdentity(forwarded),
    noReply: kind.noReply,
    noAutoAnswer: kind.noAutoAnswer,
  }
}

/** As with maxText: the source keeps what is cut. Characters. */
const maxHtml = 5_000_000

/** Message-IDs stand in indexes, whose entries are limited; a longer one is known by its beginning. */
const idToKeep = (id: string) => keepable(id, 300)

/** From; where there is none, the envelope's sender. */
function writerOf(mail: ReadMail, how: Circumstances): Identity | null {
  const from = mail.from[0] ?? mail.sender
  if (from) return mailIdentity(from)
  const address = mail.returnPath || how.envelopeFrom
  return address
    ? { kind: 'mail', scope: '0', value: keepable(address.toLowerCase(), 320), name: null }
    : null
}

function addressesOf(mail: ReadMail, how: Circumstances): string[] {
  const headers = [...mail.to, ...mail.cc].map((one) => one.address)
  const all = [...how.envelopeTo.map((one) => one.toLowerCase()), ...mail.deliveredTo, ...headers]
  return [...new Set(all)].map((one) => keepable(one, 320))
}

const attachment = (part: ReadAttachment) => ({
  name: keepable(part.name, 255) || 'attachment',
  type: keepable(part.type, 255),
  bytes: part.bytes,
  contentId: part.contentId === null ? null : keepable(part.contentId, 500),
  inline: part.inline,
  mark: part.mark,
})

function automaticOf({ automatic, list }: Classification): IncomingMessage['automatic'] {
  if (automatic === 'generated') return 'generated'
  if (automatic) return 'auto_reply'
  return list === null ? null : 'list'
}

function bounceOf({ bounce, complaint }: Classification): IncomingBounce | null {
  if (complaint)
    return {
      address: complaint.address,
      status: null,
      kind: 'feedback',
      final: false,
      text: complaint.type,
      reason: null,
      messageIds: complaint.originalIds,
    }
  if (!bounce) return null
  const failed = bounce.recipients[0]
  return {
    address: failed?.address ?? null,
    status: failed?.status ?? null,
    kind: failed?.hard ? 'hard' : 'soft',
    final: failed?.action !== 'delayed',
    text: keepable(failed?.text ?? '', 1000),
    reason: bounceReason(failed?.status ?? null, failed?.text ?? ''),
    messageIds: bounce.originalIds,
  }
}
