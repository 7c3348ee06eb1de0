// The SMTP door: 250 only after the message is kept for good, 451 when it cannot be kept, 452 when the disk is full,
// 550 for an address that is not ours, 552 (and a word to the house) for what is too big.
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server'
import { type CertificateFiles, readCertificate, writtenAt } from './door-certificate.ts'
import { normalAddress } from './read/addresses.ts'

export interface SmtpMessage {
  raw: Uint8Array
  envelopeFrom: string
  envelopeTo: string[]
  /** the inboxes behind envelopeTo, each once */
  inboxes: string[]
  remote: { address: string; helo: string }
}
export interface TooBig extends Omit<SmtpMessage, 'raw' | 'remote'> {
  sha256: Uint8Array
  /** bytes */
  size: number
}
export interface SmtpDoorOptions {
  host: string
  port: number
  /** bytes of one message at the most */
  maxSize?: number
  /** bytes of all messages under way together; who comes with more is told to come again */
  maxUnderWay?: number
  /** offers STARTTLS with it; read again when it was renewed. null: mail comes in clear */
  certificate?: CertificateFiles | null
  /** the inbox behind an address; null: not ours */
  inboxOf(address: string): Promise<string | null>
  /** keeps the message; the answer to the client waits for it */
  take(message: SmtpMessage): Promise<void>
  refused(message: TooBig): Promise<void>
  log: { warn(what: string, details?: Record<string, unknown>): void }
}
export interface SmtpDoor {
  port: number
  close(): Promise<void>
}

export const maxMailSize = 50 * 1024 * 1024
/** Clients at the same time; more are told to come again. */
const maxClients = 200
/** What so many clients may send at once, each up to the limit, would not fit into memory. */
const maxBytesUnderWay = 256 * 1024 * 1024

class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(code: number, text: string) {
    super(text)
    this.responseCode = code
  }
}

export async function openSmtpDoor(options: SmtpDoorOptions): Promise<SmtpDoor> {
  const maxSize = options.maxSize ?? maxMailSize
  const maxUnderWay = options.maxUnderWay ?? maxBytesUnderWay
  let underWay = 0
  const { certificate = null } = options
  let readAt = certificate ? await writtenAt(certificate) : 0
  const server = new SMTPServer({
    ...(certificate ? pair(await readCertificate(certificate)) : {}),
    name: 'foyer',
    banner: 'Foyer',
    authOptional: true,
    disabledCommands: certificate ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: maxSize,
    // A size announced with MAIL FROM is refused at RCPT TO: only then we know whose mail log must show it.
    hideSize: true,
    maxClients,
    socketTimeout: 60_000,
    closeTimeout: 2000,
    logger: false,
    onConnect: (_session, answer) => {
      if (!certificate) return answer()
      renew(certificate).then(
        () => answer(),
        (error) => {
          // The old one still serves until it expires.
          options.log.warn('certificate not read', { error })
          answer()
        },
      )
    },
    onRcptTo: (address, session, answer) => answerWith(answer, () => acceptRecipient(address, session)),
    onData: (stream, session, answer) => answerWith(answer, () => takeData(stream, session)),
  })
  server.on('error', (error) => options.log.warn('smtp door', { error }))

  async function renew(files: CertificateFiles): Promise<void> {
    const at = await writtenAt(files)
    if (at === readAt) return
    server.updateSecureContext(pair(await readCertificate(files)))
    readAt = at
  }

  async function acceptRecipient(given: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    const address = normalAddress(given.address)?.address ?? given.address.toLowerCase()
    const inbox = await options.inboxOf(address).catch((error) => laterPlease(error))
    if (!inbox) throw new SmtpRefusal(550, 'No such inbox here')
    const announced = Number(sender(session).args?.SIZE ?? 0)
    if (announced > maxSize) {
      const envelope = { envelopeFrom: sender(session).address, envelopeTo: [address], inboxes: [inbox] }
      await options.refused({ ...envelope, sha256: noHash, size: announced })
      throw tooBig(maxSize)
    }
    inboxesOf(session).set(address, inbox)
  }

  async function takeData(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    let mine = 0
    const reserve = (bytes: number) => {
      if (underWay + bytes > maxUnderWay) return false
      mine += bytes
      underWay += bytes
      return true
    }
    try {
      await takeWhole(await readAll(stream, maxSize, reserve), session)
    } finally {
      underWay -= mine
    }
  }

  async function takeWhole({ raw, full, sha256, size }: Read, session: SMTPServerSession): Promise<void> {
    const { envelopeFrom, envelopeTo, inboxes } = envelopeOf(session)
    if (size > maxSize) {
      await options.refused({ envelopeFrom, envelopeTo, inboxes, sha256: sha256(), size }).catch(laterPlease)
      throw tooBig(maxSize)
    }
    if (full) throw new SmtpRefusal(451, 'Too much is coming in just now, please try again later')
    const remote = { address: session.remoteAddress, helo: session.hostNameAppearsAs || '' }
    await options.take({ raw, envelopeFrom, envelopeTo, inboxes, remote }).catch(laterPlease)
  }

  function laterPlease(error: NodeJS.ErrnoException): never {
    options.log.warn('mail not kept', { error })
    // 53100: PostgreSQL's disk is full.
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === '53100')
      throw new SmtpRefusal(452, 'No room for it now, please try again later')
    throw new SmtpRefusal(451, 'Cannot keep it now, please try again later')
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const pair = ({ cert, key }: { cert: string; key: string }) => ({ cert, key })
const noHash = createHash('sha256').digest()
const tooBig = (maxSize: number) => new SmtpRefusal(552, `Larger than ${maxSize} bytes`)

/** The inboxes of the recipients accepted in this mail transaction; the envelope object is new for each. */
const accepted = new WeakMap<object, Map<string, string>>()
function inboxesOf({ envelope }: SMTPServerSession): Map<string, string> {
  const known = accepted.get(envelope) ?? new Map<string, string>()
  accepted.set(envelope, known)
  return known
}
const sender = ({ envelope }: SMTPServerSession) =>
  (envelope.mailFrom || { address: '', args: {} }) as { address: string; args: { SIZE?: string } }

function envelopeOf(session: SMTPServerSession) {
  const known = inboxesOf(session)
  return {
    envelopeFrom: sender(session).address,
    envelopeTo: [...known.keys()],
    inboxes: [...new Set(known.values())],
  }
}

interface Read {
  /** the whole message; empty where it is too large or there is no room */
  raw: Buffer
  /** there was no room to hold it */
  full: boolean
  sha256(): Buffer
  /** bytes */
  size: number
}

/** The whole message as far as it may be held; of what is too large only hash and size go on. */
async function readAll(
  stream: SMTPServerDataStream,
  maxSize: number,
  reserve: (bytes: number) => boolean,
): Promise<Read> {
  let chunks: Buffer[] = []
  const hash = createHash('sha256')
  let size = 0
  let full = false
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    full ||= size <= maxSize && !reserve(chunk.length)
    if (size <= maxSize && !full) chunks.push(chunk)
    else {
      for (const kept of chunks) hash.update(kept)
      chunks = []
      hash.update(chunk)
    }
  }
  return { raw: Buffer.concat(chunks), full, sha256: () => hash.digest(), size }
}

function answerWith(answer: (error?: Error | null) => void, work: () => Promise<void>): void {
  work().then(
    () => answer(),
    (error) => answer(error instanceof Error ? error : new Error(String(error))),
  )
}
