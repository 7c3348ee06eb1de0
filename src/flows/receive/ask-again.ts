// A mail that its server did not hand out, asked for once more because a person wishes it. What the mail log says of the
// first time stays; the mail itself, once it is had, is an entry of its own.
import { fetchMail } from '#channels/email/fetch-mails.ts'
import { type ImapSettings, imapSettings, imapTrouble, openFolder, openImap } from '#channels/email/imap.ts'
import { maxMailSize } from '#channels/email/smtp-door.ts'
import * as connections from '#features/connections/connections.ts'
import { Refusal, refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { fromMailbox, modeOf } from './from-mailbox.ts'
import type { Receipt, Receiver } from './receiver.ts'

interface Withheld {
  channel: string | null
  /** folder:uidvalidity:uid */
  sourceKey: string | null
}
/** The name of a mail in its mailbox. */
interface Place {
  folder: string
  uidValidity: string
  uid: number
}

/** @returns its entries, one per inbox it is for; refuses with the server's words when it is still not to be had */
export async function askAgain(
  house: House,
  receiver: Receiver,
  { channel, sourceKey }: Withheld,
): Promise<Receipt[]> {
  const place = placeOf(sourceKey)
  const [connection] = channel
    ? await connections.openConnections(house.db, house.secrets, { id: channel, off: true })
    : []
  const settings = connection && imapSettings(connection)
  if (!connection || !settings || !place) return refuse('not_found')
  const accessToken = await connections.accessToken(house, connection).catch((error: Error) => {
    throw new Refusal('mail_withheld', { params: { words: error.message } })
  })
  const mail = await fetchAgain({ ...settings, accessToken }, place)
  const receipts = await receiver.receive({
    ...(await fromMailbox(house.db, connection, {
      raw: mail.raw,
      sourceKey: `${sourceKey}:asked`,
      side: place.folder === 'INBOX' ? 'inbox' : 'sent',
      // What was old when the mailbox was connected is history now as it was then.
      mode: modeOf(mail, 'goingOn', connection) ?? 'history',
    })),
    wait: true,
  })
  await Promise.all(receipts.map(({ settled }) => settled))
  return receipts
}

function placeOf(sourceKey: string | null): Place | null {
  const [, folder = '', uidValidity = '', uid] = /^(.*):([^:]+):(\d+)$/s.exec(sourceKey ?? '') ?? []
  // After the tilde stands our own count (numbering in mailbox.ts).
  return uid ? { folder, uidValidity: uidValidity.split('~')[0]!, uid: Number(uid) } : null
}

async function fetchAgain(
  settings: ImapSettings,
  { folder, uidValidity, uid }: Place,
): Promise<{ raw: Buffer; receivedAt: Date }> {
  const client = await openImap({ ...settings, hurry: true })
  try {
    await client.connect()
    // Numbered anew, the number is another mail's.
    if ((await openFolder(client, folder)).uidValidity !== uidValidity) return refuse('mail_gone')
    const mail = await fetchMail(client, uid, maxMailSize)
    return mail ?? refuse('mail_withheld', { params: { words: `UID ${uid}` } })
  } catch (error) {
    if (error instanceof Refusal) throw error
    return refuse('mail_withheld', { params: { words: imapTrouble(error) } })
  } finally {
    client.close()
  }
}
