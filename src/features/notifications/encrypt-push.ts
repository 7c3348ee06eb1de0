// A push message that only the browser can read (RFC 8291, with the content coding of RFC 8188), and the word that says
// who sends it (RFC 8292). node:crypto has every part of it; the libraries at hand reach https servers only.
import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign } from 'node:crypto'
import type { PushKeys } from './push-keys.ts'

export interface BrowserKeys {
  p256dh: string
  auth: string
}
/** Chosen anew for each message; given only by the test of the RFC's example. */
interface Chance {
  salt: Buffer
  privateKey: Buffer
}
const chance = (): Chance => {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  return { salt: randomBytes(16), privateKey: ecdh.getPrivateKey() }
}

/** One record of aes128gcm: salt, record size, our public key, then the sealed text. At most 3993 bytes of text. */
export function encryptPush(text: Buffer, browser: BrowserKeys, { salt, privateKey } = chance()): Buffer {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(privateKey)
  const ours = ecdh.getPublicKey()
  const theirs = Buffer.from(browser.p256dh, 'base64url')
  const shared = ecdh.computeSecret(theirs)
  const auth = Buffer.from(browser.auth, 'base64url')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours])
  const input = derive(shared, auth, info, 32)
  const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // 2: the last record (RFC 8188, 2).
  const sealed = Buffer.concat([cipher.update(text), cipher.update(Buffer.from([2])), cipher.final()])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(4096)
  return Buffer.concat([salt, size, Buffer.from([ours.length]), ours, sealed, cipher.getAuthTag()])
}
const derive = (input: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', input, salt, info, length))

/** `Authorization` for this push service, good for twelve hours. `contact`: whom its people can ask, a URL. */
export function pushAuthorization(endpoint: string, keys: PushKeys, contact: string, now: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(now.getTime() / 1000) + 12 * 3600
  const claims = { aud: new URL(endpoint).origin, exp, sub: contact }
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const key = createPrivateKey({ key: keys.private, format: 'jwk' })
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${text}.${signature.toString('base64url')}, k=${keys.public}`
}
