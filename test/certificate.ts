// A certificate that signs itself, made here: machines that run the tests need no openssl.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length: n } = body
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const bytes = (hex: string) => Buffer.from(hex, 'hex')
const text = (value: string) => Buffer.from(value)
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts)
const ecdsaWithSha256 = sequence(bytes('06082a8648ce3d040302'))
const commonName = (name: string) => sequence(der(0x31, sequence(bytes('0603550403'), der(0x0c, text(name)))))
/** YYMMDDhhmmssZ */
const time = (at: Date) => der(0x17, text(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))

/** @returns PEM of a host's certificate and its key */
export function certificateOf(name: string, until = new Date('2049-01-01T00:00:00Z')) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const names = sequence(der(0x82, text(name)))
  const extensions = der(0xa3, sequence(sequence(bytes('0603551d11'), der(0x04, names))))
  const body = sequence(
    der(0xa0, der(0x02, bytes('02'))),
    der(0x02, bytes('01'), randomBytes(8)),
    ecdsaWithSha256,
    commonName(name),
    sequence(time(new Date('2020-01-01T00:00:00Z')), time(until)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  )
  const signature = der(0x03, bytes('00'), sign('sha256', body, privateKey))
  const whole = sequence(body, ecdsaWithSha256, signature)
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}
