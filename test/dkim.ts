// Mail signed as a provider signs it, and the record that proves it.
import { generateKeyPairSync } from 'node:crypto'
import { dkimSign, sealMessage } from 'mailauth'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

/** TXT at `test._domainkey.<domain>` */
export const dkimRecord = `v=DKIM1; k=rsa; p=${key}`

/** @returns the mail with a DKIM-Signature of the domain's */
export async function signed(mail: string, domain: string): Promise<string> {
  const signer = {
    signingDomain: domain,
    selector: 'test',
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
  const { signatures } = await dkimSign(mail, { ...signer, signatureData: [signer] })
  return `${signatures}${mail}`
}

/** @returns the mail with a set of ARC headers of a forwarder's, who says what he found out (RFC 8617) */
export async function sealed(mail: string, domain: string, found: string): Promise<string> {
  const seal = {
    signingDomain: domain,
    selector: 'test',
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    authResults: found,
    cv: 'none' as const,
  }
  return `${await sealMessage(mail, seal)}${mail}`
}
