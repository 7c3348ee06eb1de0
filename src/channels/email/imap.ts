// One IMAP mailbox, looked at without touching it: opened read-only (never \Seen), taken up by UID and UIDVALIDITY,
// told of news by IDLE. What is kept where is the caller's affair.
import type { ImapFlow } from 'imapflow'
import type { Connection, SideTest, TestStep } from '../channel.ts'
import { isLoopback } from './loopback.ts'
import { tokenHint } from './sign-in-trouble.ts'
import { isCertificate, stepsUpTo } from './test-steps.ts'

export interface ImapSettings {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  username: string | null
  password: string
  /** in place of the password (OAuth 2.0) */
  accessToken?: string | null
}
/** @returns null when the channel has no mailbox to fetch from */
export function imapSettings({ settings, secrets }: Connection): ImapSettings | null {
  const imap = settings.imap as Partial<ImapSettings> | null | undefined
  if (!imap?.host || !imap.port) return null
  const { host, port, security = 'tls', username = null } = imap
  return { host, port, security, username, password: secrets.imap ?? '' }
}

export interface MailboxState {
  uidValidity: string
  /** the UID that the next new message gets; null: the server does not say */
  uidNext: number | null
}
/** @param hurry somebody waits for the answer */
export async function openImap({
  host,
  port,
  security,
  username,
  password,
  accessToken,
  hurry,
}: ImapSettings & { hurry?: boolean }): Promise<ImapFlow> {
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
    auth: { user: username ?? '', ...(accessToken ? { accessToken } : { pass: password }) },
    logger: false,
    clientInfo: { name: 'Foyer' },
    connectionTimeout: hurry ? 10_000 : 20_000,
    greetingTimeout: hurry ? 10_000 : 20_000,
    // Longer than IDLE is renewed; a dead network is noticed then.
    socketTimeout: 5 * 60_000,
    maxIdleTime: 4 * 60_000,
  })
  // Errors also end the connection, which rejects whatever is under way; unheard they would end the process.
  client.on('error', () => {})
  return client
}

export const openInbox = (client: ImapFlow): Promise<MailboxState> => openFolder(client, 'INBOX')
export async function openFolder(client: ImapFlow, path: string): Promise<MailboxState> {
  const mailbox = await client.mailboxOpen(path, { readOnly: true })
  return { uidValidity: String(mailbox.uidValidity), uidNext: mailbox.uidNext || null }
}

/** Names that mail programs give it, in the last part of its path. */
const sentNames =
  /^(sent( ?(items?|messages?|mail|objects))?|отправленные|исходящие|gesendet(e (objekte|elemente))?|(éléments|messages) envoyés|enviad[oa]s|elementos enviados|posta inviata|itens enviados|verzonden( items)?|wysłane|надіслані|已发送|已傳送|送信済み(アイテム|トレイ)?|보낸 ?편지함|trimise)$/iu

/** The folder of sent mail: as the server marks it (SPECIAL-USE, RFC 6154), else by its name. @returns its path */
export async function findSentFolder(client: ImapFlow): Promise<string | null> {
  const folders = await client.list()
  const marked = folders.find(({ specialUse }) => specialUse === '\\Sent')
  return (marked ?? folders.find(({ name }) => sentNames.test(name)))?.path ?? null
}

/** UIDs above `after`, in order; received since a day where one is given. */
export async function uidsAfter(client: ImapFlow, after: number, since?: Date): Promise<number[]> {
  const found = await searched(client, { uid: `${after + 1}:*`, ...(since ? { since } : {}) })
  // "n:*" always means the newest message too, even where its UID is below n (RFC 3501, 6.4.8).
  return found.filter((uid) => uid > after).sort((a, b) => a - b)
}

/** The library answers a search that failed, and one whose connection was lost, as if it had found nothing. */
export async function searched(client: ImapFlow, query: { uid: string; since?: Date }): Promise<number[]> {
  const found = await client.search(query, { uid: true })
  if (!found) throw new Error('The server did not answer what is new')
  return found
}

/** The server's words, as far as there are any. */
export function imapTrouble(error: unknown): string {
  const { responseText, message, code } = error as { responseText?: string; message?: string; code?: string }
  return [responseText ?? message ?? String(error), code && !message?.includes(code) ? `(${code})` : '']
    .join(' ')
    .trim()
}

const steps: TestStep[] = ['connect', 'tls', 'sign_in', 'folder']

/** Signs in and opens the mailbox. */
export async function testImap(
  settings: ImapSettings | null,
  token: () => Promise<string | null> = async () => null,
): Promise<SideTest> {
  if (!settings) return { ok: true, error: null, hint: null }
  const { host, security } = settings
  const isPlain = security === 'none' || (security === 'starttls' && isLoopback(host))
  const way = isPlain ? steps.filter((step) => step !== 'tls') : steps
  let client: ImapFlow | undefined
  let signedIn = false
  let accessToken: string | null = null
  try {
    accessToken = await token()
    client = await openImap({ ...settings, accessToken, hurry: true })
    await client.connect()
    signedIn = true
    await openInbox(client)
    return { ok: true, steps: stepsUpTo(way, null), error: null, hint: null }
  } catch (error) {
    const { step, hint } = signedIn
      ? ({ step: 'folder', hint: 'mail:hint.folder' } as const)
      : imapFailure(error, accessToken !== null)
    return { ok: false, steps: stepsUpTo(way, step), error: imapTrouble(error), hint }
  } finally {
    client?.close()
  }
}

/** How far a connection got, and which setting is likely wrong, as a text key. @param byToken no password was sent */
export function imapFailure(error: unknown, byToken = false): { step: TestStep; hint: string } {
  const {
    code = '',
    authenticationFailed,
    tlsFailed,
    message = '',
  } = error as { code?: string; authenticationFailed?: boolean; tlsFailed?: boolean; message?: string }
  const ofToken = tokenHint(message)
  if (ofToken) return { step: 'sign_in', hint: ofToken }
  if (authenticationFailed)
    return { step: 'sign_in', hint: byToken ? 'mail:hint.token_refused' : 'mail:hint.password' }
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code)) return { step: 'connect', hint: 'mail:hint.host' }
  if (isCertificate(code)) return { step: 'tls', hint: 'mail:hint.certificate' }
  // Who waits for a greeting that never comes speaks TLS to a server that does not, or the other way round.
  if (tlsFailed || /GREETING|UPGRADE|SSL|TLS|wrong version/i.test(`${code} ${message}`))
    return { step: 'tls', hint: 'mail:hint.security' }
  if (/ECONNREFUSED|TIMEOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH/i.test(code))
    return { step: 'connect', hint: 'mail:hint.port' }
  return { step: 'sign_in', hint: 'mail:hint.settings' }
}
