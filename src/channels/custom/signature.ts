import { createHmac, timingSafeEqual } from 'node:crypto'

/** `sha256=<hex HMAC-SHA256 of the body>`, as X-Foyer-Signature carries it both ways. */
export const signatureOf = (secret: string, body: Uint8Array | string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

export function isSigned(secret: string, body: Uint8Array, signature: unknown): boolean {
  const expected = Buffer.from(signatureOf(secret, body))
  const given = Buffer.from(typeof signature === 'string' ? signature.trim().toLowerCase() : '')
  return expected.length === given.length && timingSafeEqual(expected, given)
}
