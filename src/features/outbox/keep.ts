import type { OutgoingMessage } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'

export interface Keeping {
  message: OutgoingMessage
  /** whom the server would have been given */
  recipients: string[]
  /** RFC 5322 */
  source: Uint8Array
  /** it asks somebody inside: no message of the conversation */
  asks?: true
}

/** A mail of a conversation, kept instead of sent, in the transaction that calls it sent. */
export async function keep(tx: Db, { message, recipients, source, asks }: Keeping): Promise<void> {
  const { inbox } = await tx
    .selectFrom('conversations')
    .select('inbox')
    .where('id', '=', message.conversation)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('outbox_mails')
    .values({
      ...(asks ? { conversation: message.conversation } : { message: message.id }),
      inbox,
      at: message.at,
      sender: message.from.address,
      recipients,
      subject: message.subject,
      text: message.text,
      html: withPictures(message),
      source: Buffer.from(source),
    })
    .execute()
}

/** Pictures inside are shown from the desk. */
const withPictures = ({ html, attachments }: OutgoingMessage): string | null =>
  attachments.reduce<string | null>(
    (shown, { id, contentId }) =>
      contentId ? (shown?.replaceAll(`cid:${contentId}`, `/api/v1/attachments/${id}`) ?? null) : shown,
    html,
  )
