// A mail that a mailbox handed out, as it stands at the door.
import type { Connection } from '#channels/channel.ts'
import type { FetchedMail } from '#channels/email/fetch-mails.ts'
import { readHead } from '#channels/email/read-head.ts'
import { after, days, hours, seconds } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { inboxesNamedIn } from './inboxes-named-in.ts'
import type { AtTheDoor } from './receiver.ts'

/** Which of the account's folders. */
export type Side = 'inbox' | 'sent'
/** How the mailbox is looked at: for the first time, where it was left, or under new numbers. */
export type Look = 'first' | 'goingOn' | 'renumbered'

/**
 * How a mail comes in; null: it was there before the mailbox was connected, and only new ones are wanted. A new UID is
 * never passed over for its date: somebody may have put an old mail into the mailbox, or the server's clock is wrong.
 */
export function modeOf(
  { receivedAt, raw }: Pick<FetchedMail, 'receivedAt' | 'raw'>,
  start: Look,
  { settings }: Connection,
): 'live' | 'history' | null {
  const connectedAt = new Date(String(settings.connectedAt ?? 0))
  const onlyNew = (settings.since ?? 'now') === 'now'
  if (start === 'goingOn') return receivedAt < after(connectedAt, -days(1)) ? 'history' : 'live'
  const strict = start === 'first' && onlyNew
  // Servers tell the time of arrival in whole seconds.
  const old = receivedAt < after(connectedAt, strict ? -seconds(2) : -hours(1))
  if (old) return onlyNew ? null : 'history'
  // A mailbox made again by copying shows every mail as received just now; what was written long before is no news.
  const written = start === 'renumbered' && raw ? readHead(raw).date : null
  return written && written < after(connectedAt, -days(2)) ? 'history' : 'live'
}

interface Fetched {
  raw: Buffer
  sourceKey: string
  side: Side
  mode: 'live' | 'history'
}
export async function fromMailbox(
  db: Db,
  connection: Connection,
  { raw, sourceKey, side, mode }: Fetched,
): Promise<AtTheDoor> {
  const { authServer } = connection.settings
  return {
    door: 'imap',
    channel: connection.id,
    kind: 'mail',
    inboxes: side === 'sent' ? [connection.inbox] : await inboxesNamedIn(db, raw, connection),
    sourceKey,
    raw,
    envelopeFrom: null,
    envelopeTo: [],
    mode,
    remote: side === 'sent' ? { sentFolder: true } : authServer ? { authServer: String(authServer) } : null,
  }
}
