// The certificate of the SMTP door, by which other servers encrypt what they hand over (STARTTLS).
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

/** Paths of two PEM files: the certificate with its chain, and its key. */
export interface CertificateFiles {
  cert: string
  key: string
}
export interface DoorCertificate {
  cert: string
  key: string
  validUntil: Date
  names: string[]
}

/** Throws where a file cannot be read, is no PEM, or the key is another certificate's. */
export async function readCertificate(files: CertificateFiles): Promise<DoorCertificate> {
  const [cert, key] = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')])
  const first = new X509Certificate(cert)
  if (!first.checkPrivateKey(createPrivateKey(key))) throw new Error('the key belongs to another certificate')
  const names = (first.subjectAltName ?? '').split(', ').map((name) => name.replace(/^DNS:/, ''))
  return { cert, key, validUntil: new Date(first.validTo), names }
}

/** When either of them was written: another number, and they are to be read again. */
export async function writtenAt(files: CertificateFiles): Promise<number> {
  const times = await Promise.all([stat(files.cert), stat(files.key)])
  return times.reduce((sum, { mtimeMs }) => sum + mtimeMs, 0)
}
