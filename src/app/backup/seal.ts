// What makes a backup a secret, and notices every change to it. After two lines anybody may read (the magic word and
// the header) come frames of AES-256-GCM under a key that scrypt makes of the passphrase:
//
//   frame   4 bytes: length of what follows, its highest bit set on the last frame · ciphertext · 16 bytes of tag
//   nonce   7 zero bytes · 4 bytes: the frame's number · 1 byte: 1 on the last frame
//   AAD     SHA-256 of the two lines
//
// The key is of this file alone (its own salt), so counted nonces never repeat. A changed, moved or left out frame
// does not open, and a file that ends without the last frame was cut (STREAM by Hoang, Reyhanitabar, Rogaway, Vizár).
import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import type { Readable } from 'node:stream'
import { Mendable } from '#platform/errors/mendable.ts'

export const magic = 'FOYER BACKUP 1'
const frameSize = 1 << 20
const lastBit = 0x80000000
const longestHeader = 1 << 20

/** What stands in a backup for everybody to read. */
export interface Header {
  /** ISO 8601 */
  madeAt: string
  /** Foyer's version */
  foyer: string
  /** PostgreSQL's major version */
  postgres: number
  migrations: string[]
  key: { name: 'scrypt'; cost: number; blockSize: number; salt: string }
}

/** Why a backup cannot be read: a code with its words in texts/…/backup.json. */
export class BadBackup extends Mendable {
  readonly code: 'not_a_backup' | 'newer_format' | 'passphrase' | 'damaged' | 'cut'
  constructor(code: BadBackup['code']) {
    super(code)
    this.code = code
  }
}

export const newKey = (): Header['key'] => ({
  name: 'scrypt',
  cost: 1 << 16,
  blockSize: 8,
  salt: randomBytes(16).toString('hex'),
})

const deriveKey = (passphrase: string, { cost, blockSize, salt }: Header['key']) =>
  new Promise<Buffer>((resolve, reject) =>
    scrypt(
      passphrase.normalize('NFC'),
      Buffer.from(salt, 'hex'),
      32,
      { cost, blockSize, maxmem: 256 * cost * blockSize },
      (error, key) => (error ? reject(error) : resolve(key)),
    ),
  )

const nonceOf = (frame: number, last: boolean) => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(frame, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}
const hashOf = (lines: string) => createHash('sha256').update(lines).digest()

/** The whole file, as it is written: the two lines, then what streams in, sealed frame by frame. */
export async function* seal(header: Header, passphrase: string, plain: AsyncIterable<Buffer>) {
  const lines = `${magic}\n${JSON.stringify(header)}\n`
  const key = await deriveKey(passphrase, header.key)
  const bound = hashOf(lines)
  let count = 0
  const frame = (bytes: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(count++, last)).setAAD(bound)
    const body = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    const length = Buffer.alloc(4)
    length.writeUInt32BE((body.length | (last ? lastBit : 0)) >>> 0)
    return Buffer.concat([length, body])
  }
  yield Buffer.from(lines)
  let waiting: Buffer[] = []
  let size = 0
  for await (const piece of plain) {
    waiting.push(piece)
    size += piece.length
    if (size < frameSize) continue
    let whole = Buffer.concat(waiting)
    for (; whole.length >= frameSize; whole = whole.subarray(frameSize))
      yield frame(whole.subarray(0, frameSize), false)
    waiting = [whole]
    size = whole.length
  }
  yield frame(Buffer.concat(waiting), true)
}

/** Takes so many bytes, or up to a byte, from a stream; null: it ended before. */
class Reader {
  #source: AsyncIterator<Buffer>
  #kept: Buffer = Buffer.alloc(0)
  constructor(source: Readable) {
    this.#source = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }
  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (!done) this.#kept = this.#kept.length > 0 ? Buffer.concat([this.#kept, value]) : value
    return !done
  }
  #cut(size: number): Buffer {
    const taken = this.#kept.subarray(0, size)
    this.#kept = this.#kept.subarray(size)
    return taken
  }
  async take(size: number): Promise<Buffer | null> {
    while (this.#kept.length < size) if (!(await this.#more())) return null
    return this.#cut(size)
  }
  async line(): Promise<string | null> {
    for (;;) {
      const end = this.#kept.indexOf(10)
      if (end >= 0) return this.#cut(end + 1).toString('utf8')
      if (this.#kept.length > longestHeader || !(await this.#more())) return null
    }
  }
  async isOver(): Promise<boolean> {
    return this.#kept.length === 0 && !(await this.#more())
  }
}

/** Reads the two lines; what is sealed can be read once. Throws BadBackup. */
export async function openBackup(
  file: Readable,
): Promise<{ header: Header; unseal(passphrase: string): AsyncGenerator<Buffer> }> {
  const reader = new Reader(file)
  const first = await reader.line()
  if (first === null || !first.startsWith('FOYER BACKUP ')) throw new BadBackup('not_a_backup')
  if (first !== `${magic}\n`) throw new BadBackup('newer_format')
  const second = await reader.line()
  if (second === null) throw new BadBackup('cut')
  const header = readHeader(second)
  return { header, unseal: (passphrase) => unseal(reader, header, hashOf(first + second), passphrase) }
}

function readHeader(line: string): Header {
  try {
    const header = JSON.parse(line) as Header
    const { cost, blockSize, salt } = header.key
    // Whoever damaged the header must not make us fill the memory.
    if (cost <= 1 << 20 && blockSize <= 16 && typeof salt === 'string' && Array.isArray(header.migrations))
      return header
  } catch {}
  throw new BadBackup('damaged')
}

async function* unseal(reader: Reader, header: Header, bound: Buffer, passphrase: string) {
  const key = await deriveKey(passphrase, header.key).catch(() => {
    throw new BadBackup('damaged')
  })
  for (let count = 0; ; count += 1) {
    const head = await reader.take(4)
    if (!head) throw new BadBackup('cut')
    const word = head.readUInt32BE()
    const last = word >= lastBit
    const length = last ? word - lastBit : word
    if (length < 16 || length > frameSize + 16) throw new BadBackup('damaged')
    const body = await reader.take(length)
    if (!body) throw new BadBackup('cut')
    const cipher = createDecipheriv('aes-256-gcm', key, nonceOf(count, last)).setAAD(bound)
    cipher.setAuthTag(body.subarray(length - 16))
    let plain: Buffer
    try {
      plain = Buffer.concat([cipher.update(body.subarray(0, length - 16)), cipher.final()])
    } catch {
      // The first frame does not open: another passphrase is by far the likeliest.
      throw new BadBackup(count === 0 ? 'passphrase' : 'damaged')
    }
    yield plain
    if (!last) continue
    if (!(await reader.isOver())) throw new BadBackup('damaged')
    return
  }
}
