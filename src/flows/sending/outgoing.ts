import { createHmac } from 'node:crypto'
import type { ChannelLimits, OutgoingAttachment, OutgoingMessage } from '#channels/channel.ts'
import { bounceAddress, loopId, replyAddress } from '#channels/email/tokens.ts'
import type * as deliveries from '#features/deliveries/deliveries.ts'
import { after, days } from '#platform/clock/clock.ts'
import type { House } from '#platform/house.ts'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { deskOf, write } from './letter.ts'
import type { Mailbox } from './recipients.ts'
import { threadOf } from './thread.ts'

/** What keeps other machines from answering ours: RFC 3834, and Exchange's own word for it. */
const automaticHeaders = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' }

/** A claimed message with everything its channel needs; the same at every try. */
export async function outgoing(
  house: House,
  { message: id, recipients }: deliveries.Claim,
  limits: ChannelLimits,
): Promise<OutgoingMessage> {
  const { db, secrets } = house
  const row = await db
    .selectFrom('messages as m')
    .innerJoin('sendings as s', 's.message', 'm.id')
    .select([
      'm.id',
      'm.conversation',
      'm.position',
      'm.subject',
      'm.text',
      'm.html',
      'm.sender',
      'm.recipients',
    ])
    .select(['m.copies', 'm.message_id', 'm.in_reply_to', 's.agent', 's.kind', 's.quote', 'm.channel'])
    .where('m.id', '=', id)
    .executeTakeFirstOrThrow()
  const desk = await deskOf(db, row.conversation, row.agent)
  // Where there is no subject it is no letter: no signature, no history.
  const words = limits.subject
    ? await write(house, db, desk, row)
    : { text: row.text, html: row.html ?? textToHtml(row.text) }
  const thread = await threadOf(db, row.conversation, row.position)
  const to: Mailbox[] = row.recipients
  const forward = row.kind === 'forward'
  const token =
    desk.plusAddressing && !forward
      ? replyAddress(secrets, desk.inbox.address, row.conversation, to[0]?.address ?? '')
      : null
  return {
    id: row.id,
    conversation: row.conversation,
    at: recipients[0]?.firstTriedAt ?? house.clock.now(),
    messageId: row.message_id ?? '',
    inReplyTo: row.in_reply_to,
    references: forward || !row.in_reply_to ? [] : thread.references,
    from: row.sender,
    replyTo: token ? { name: row.sender.name, address: token } : null,
    to,
    cc: row.copies,
    subject: row.subject ?? '',
    text: words.text,
    html: words.html,
    attachments: await attachmentsOf(house, row.id),
    headers: { 'X-Loop': loopId(secrets), ...(row.kind === 'acknowledgement' ? automaticHeaders : {}) },
    envelopeFrom:
      (desk.plusAddressing ? bounceAddress(secrets, desk.inbox.address, row.id) : null) ?? desk.inbox.address,
  }
}

async function attachmentsOf(house: House, message: string): Promise<OutgoingAttachment[]> {
  const rows = await house.db
    .selectFrom('attachments')
    .select(['id', 'name', 'type', 'size', 'content_id', 'inline', 'file'])
    .where('message', '=', message)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.type,
    size: Number(row.size),
    contentId: row.inline ? row.content_id : null,
    url: fileUrl(house, row.id, after(house.clock.now(), days(7))),
    open: () => house.files.stream(row.file),
  }))
}

/** An address of an attachment that needs no sign-in and ends after a week. */
function fileUrl({ url, secrets }: House, id: string, until: Date): string {
  const end = String(Math.floor(until.getTime() / 1000))
  return `${url}/api/v1/files/${id}?until=${end}&signature=${fileSignature(secrets, id, end)}`
}
export const fileSignature = (secrets: House['secrets'], id: string, until: string): string =>
  createHmac('sha256', secrets.keyFor('attachment addresses')).update(`${id} ${until}`).digest('hex')
