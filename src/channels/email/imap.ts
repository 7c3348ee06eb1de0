// One IMAP mailbox, looked at without touching it: opened read-only (never \Seen), taken up by UID and UIDVALIDITY,
// told of news by IDLE. What is kept where is the caller's affair.
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import type { Connection, SideTest } from '../channel.ts'
import { isLoopback } from './loopback.ts'

export interface ImapSettings {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  username: string | null
  password: string
}
/** @returns null when the channel has no mailbox to fetch from */
export function imapSettings({ settings, secrets }: Connection): ImapSettings | null {
  const imap = settings.imap as Partial<ImapSettings> | null | undefined
  if (!imap?.host || !imap.port) return null
  const { host, port, security = 'tls', username = null } = imap
  return { host, port, security, username, password: secrets.imap ?? '' }
}

/** Messages up to this size are fetched together, so many at once, and so many bytes. */
const batchCount = 50
const batchBytes = 16 * 1024 * 1024

export interface MailboxState {
  uidValidity: string
  /** the UID that the next new message gets */
  uidNext: number
}
export interface FetchedMail {
  uid: number
  /** null: larger than allowed, only its size is known */
  raw: Buffer | null
  /** bytes */
  size: number
  /** when the server received it */
  receivedAt: Date
}

export async function openImap({
  host,
  port,
  security,
  username,
  password,
}: ImapSettings): Promise<ImapFlow> {
  // Loaded when there is a mailbox: 30 MB that a desk without one need not hold.
  const { ImapFlow } = await import('imapflow')
  const near = isLoopback(host)
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    // STARTTLS is required, except to our own machine.
    doSTARTTLS: security === 'starttls' ? (near ? undefined : true) : security === 'none' ? false : undefined,
    tls: near ? { rejectUnauthorized: false } : {},
    auth: { user: username ?? '', pass: password },
    logger: false,
    clientInfo: { name: 'Foyer' },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    // Longer than IDLE is renewed; a dead network is noticed then.
    socketTimeout: 5 * 60_000,
    maxIdleTime: 4 * 60_000,
  })
  // Errors also end the connection, which rejects whatever is under way; unheard they would end the process.
  client.on('error', () => {})
  return client
}

export async function openInbox(client: ImapFlow): Promise<MailboxState> {
  const mailbox = await client.mailboxOpen('INBOX', { readOnly: true })
  return { uidValidity: String(mailbox.uidValidity), uidNext: mailbox.uidNext }
}

/** UIDs above `after`, in order; received since a day where one is given. */
export async function uidsAfter(client: ImapFlow, after: number, since?: Date): Promise<number[]> {
  const found = await client.search({ uid: `${after + 1}:*`, ...(since ? { since } : {}) }, { uid: true })
  // "n:*" always means the newest message too, even where its UID is below n (RFC 3501, 6.4.8).
  return (found || []).filter((uid) => uid > after).sort((a, b) => a - b)
}

/** Fetches messages in order, in batches of bounded size. */
export async function* fetchMails(
  client: ImapFlow,
  uids: number[],
  maxSize: number,
): AsyncGenerator<FetchedMail[]> {
  for (let at = 0; at < uids.length; at += 500) {
    const sizes = await client.fetchAll(
      uids.slice(at, at + 500),
      { uid: true, size: true, internalDate: true },
      { uid: true },
    )
    for (const group of inBatches(sizes.sort((a, b) => a.uid - b.uid)))
      yield await withSources(client, group, maxSize)
  }
}

function* inBatches(messages: FetchMessageObject[]): Generator<FetchMessageObject[]> {
  let batch: FetchMessageObject[] = []
  let bytes = 0
  for (const message of messages) {
    const size = message.size ?? 0
    if (batch.length > 0 && (batch.length >= batchCount || bytes + size > batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(message)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

async function withSources(
  client: ImapFlow,
  group: FetchMessageObject[],
  maxSize: number,
): Promise<FetchedMail[]> {
  const wanted = group.filter(({ size }) => (size ?? 0) <= maxSize).map(({ uid }) => uid)
  const sources =
    wanted.length > 0 ? await client.fetchAll(wanted, { uid: true, source: true }, { uid: true }) : []
  const byUid = new Map(sources.map(({ uid, source }) => [uid, source]))
  return group.flatMap(({ uid, size = 0, internalDate }): FetchedMail[] => {
    const raw = size > maxSize ? null : byUid.get(uid)
    // Expunged between the two looks: it was never ours to take.
    if (raw === undefined) return []
    return [{ uid, raw, size: raw?.length ?? size, receivedAt: new Date(internalDate ?? Date.now()) }]
  })
}

/** The server's words, as far as there are any. */
export function imapTrouble(error: unknown): string {
  const { responseText, message, code } = error as { responseText?: string; message?: string; code?: string }
  return [responseText ?? message ?? String(error), code && !message?.includes(code) ? `(${code})` : '']
    .join(' ')
    .trim()
}

/** Signs in and opens the mailbox. */
export async function testImap(settings: ImapSettings | null): Promise<SideTest> {
  if (!settings) return { ok: true, error: null, hint: null }
  const client = await openImap(settings)
  try {
    await client.connect()
    await openInbox(client)
    return { ok: true, error: null, hint: null }
  } catch (error) {
    return { ok: false, error: imapTrouble(error), hint: hintFor(error) }
  } finally {
    client.close()
  }
}

/** Which setting is likely wrong, as a text key. */
function hintFor(error: unknown): string {
  const {
    code = '',
    authenticationFailed,
    message = '',
  } = error as {
    code?: string
    authenticationFailed?: boolean
    message?: string
  }
  if (authenticationFailed) return 'mail:hint.password'
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code)) return 'mail:hint.host'
  if (/ECONNREFUSED|TIMEOUT|ECONNRESET|EHOSTUNREACH/i.test(code)) return 'mail:hint.port'
  if (/SSL|TLS|CERT|wrong version/i.test(`${code} ${message}`)) return 'mail:hint.security'
  return 'mail:hint.settings'
}
