import { createHmac, timingSafeEqual } from 'node:crypto'

/** `sha256=<hex HMAC-SHA256 of the body>`, as X-Foyer-Signature carries it both ways. */
export const signatureOf = (secret: string, body: Uint8Array | string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

export interface SignatureCheck {
  update(part: Uint8Array): void
  matches(): boolean
}

/** Checks a body while it comes in. @returns null when what was given is no signature: no byte need be read */
export function checkSignature(secret: string, signature: unknown): SignatureCheck | null {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(typeof signature === 'string' ? signature.trim() : '') ?? []
  if (!hex) return null
  const hmac = createHmac('sha256', secret)
  return {
    update: (part) => void hmac.update(part),
    matches: () => timingSafeEqual(hmac.digest(), Buffer.from(hex, 'hex')),
  }
}
