// The one secret of an installation, in <data>/secret (0600) or FOYER_SECRET. From it come the keys that sign
// tokens and seal passwords; its key id stands in every token and ciphertext, so that it can be changed one day.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Secrets {
  /** the first 8 hex digits of the secret's hash; names the key, tells nothing of it */
  keyId: string
  /** a short signature (base32, lower case, 16 characters = 80 bits) over `text` for one purpose */
  sign(purpose: string, text: string): string
  verify(purpose: string, text: string, signature: string): boolean
  /** AES-256-GCM; `purpose` is bound in, so that a sealed value cannot be moved to another use */
  seal(purpose: string, plain: string): string
  open(purpose: string, sealed: string): string
  /** a key of its own for one purpose, 256 bits in hex: for libraries that want a secret */
  keyFor(purpose: string): string
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(value >>> bits) & 31]
    }
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}
/** A random token of 160 bits that fits mail addresses and URLs. */
export const randomToken = () => base32(randomBytes(20))
export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** Reads the secret of the data folder, making one on the first start. */
export function loadSecret(data: string): string {
  if (process.env.FOYER_SECRET) return process.env.FOYER_SECRET
  const path = join(data, 'secret')
  if (!existsSync(path)) {
    mkdirSync(data, { recursive: true })
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      // two processes started at once: the other one's secret is as good
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(path, 'utf8').trim()
}

export function openSecrets(secret: string): Secrets {
  const derive = (name: string) => Buffer.from(hkdfSync('sha256', secret, 'foyer', name, 32))
  const signing = derive('sign')
  const sealing = derive('seal')
  const keyId = sha256(`foyer:${secret}`).toString('hex').slice(0, 8)
  const sign = (purpose: string, text: string) =>
    base32(createHmac('sha256', signing).update(`${purpose}\0${text}`).digest().subarray(0, 10))
  return {
    keyId,
    sign,
    keyFor: (purpose) => derive(`key ${purpose}`).toString('hex'),
    verify(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text))
      const given = Buffer.from(signature.toLowerCase())
      return expected.length === given.length && timingSafeEqual(expected, given)
    },
    seal(purpose, plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `1:${keyId}:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(purpose, sealed) {
      const [version, key, text] = sealed.split(':')
      if (version !== '1' || key !== keyId || !text) throw new Error('sealed with another secret')
      const bytes = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12)).setAAD(
        Buffer.from(purpose),
      )
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}
