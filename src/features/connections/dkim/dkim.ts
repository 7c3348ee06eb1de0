// A key of the channel's own that its mail is signed with (DKIM, RFC 6376; RSA as RFC 8301 wants it). The private half is
// sealed with the channel's passwords; the public half is published by whoever keeps the domain. Nothing is signed before
// it is: a signature that nobody can check is worse than none.
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { type Db, json } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { openSealed, sealSecrets } from '../secrets.ts'

/** What stands in a channel's settings. */
export interface DkimSettings {
  domain: string
  selector: string
  /** base64 of the public key (SPKI), as it is published */
  publicKey: string
  /** mail is signed with it */
  on: boolean
}

export const recordName = ({ selector, domain }: Pick<DkimSettings, 'selector' | 'domain'>): string =>
  `${selector}._domainkey.${domain}`
export const recordText = ({ publicKey }: Pick<DkimSettings, 'publicKey'>): string =>
  `v=DKIM1; k=rsa; p=${publicKey}`

/** Makes a key, or takes one that is given (PEM, RSA of 1024 bits at least), in place of the one before. */
export async function setDkimKey(
  tx: Db,
  secrets: Secrets,
  channel: string,
  { selector, privateKey }: { selector: string; privateKey: string | null },
  by: By,
): Promise<void> {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(selector)) refuseField('selector', 'wrong_format')
  const key = privateKey === null ? await freshKey() : givenKey(privateKey)
  const { settings, held, address } = await lockChannel(tx, secrets, channel)
  const dkim: DkimSettings = {
    domain: address.split('@').at(-1)!.toLowerCase(),
    selector: selector.toLowerCase(),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    on: false,
  }
  await keep(tx, secrets, channel, {
    settings: { ...settings, dkim },
    held: { ...held, dkim: String(key.export({ type: 'pkcs8', format: 'pem' })) },
  })
  await append(tx, { ...by, kind: 'channel_changed', after: { channel, fields: ['dkim'] } })
}

/** @param published asks the name servers; signing begins only where it says yes */
export async function signByDkim(
  tx: Db,
  secrets: Secrets,
  channel: string,
  { on, published }: { on: boolean; published: (dkim: DkimSettings) => Promise<boolean> },
  by: By,
): Promise<void> {
  const { settings, held } = await lockChannel(tx, secrets, channel)
  const dkim = settings.dkim as DkimSettings | null | undefined
  if (!dkim) return refuseField('on', 'no_key')
  if (on && !(await published(dkim))) refuseField('on', 'not_published', { name: recordName(dkim) })
  await keep(tx, secrets, channel, { settings: { ...settings, dkim: { ...dkim, on } }, held })
  await append(tx, { ...by, kind: 'channel_changed', after: { channel, fields: ['dkim'] } })
}

export async function forgetDkimKey(tx: Db, secrets: Secrets, channel: string, by: By): Promise<void> {
  const { settings, held } = await lockChannel(tx, secrets, channel)
  const { dkim: _, ...rest } = held
  await keep(tx, secrets, channel, { settings: { ...settings, dkim: null }, held: rest })
  await append(tx, { ...by, kind: 'channel_changed', after: { channel, fields: ['dkim'] } })
}

const generate = promisify(generateKeyPair)
const freshKey = async (): Promise<KeyObject> => (await generate('rsa', { modulusLength: 2048 })).privateKey

function givenKey(pem: string): KeyObject {
  const key = readKey(pem)
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0
  return key?.asymmetricKeyType === 'rsa' && bits >= 1024 ? key : refuseField('privateKey', 'wrong_key')
}
function readKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}

async function lockChannel(tx: Db, secrets: Secrets, channel: string) {
  const row = await tx
    .selectFrom('channels as c')
    .innerJoin('inboxes as i', 'i.id', 'c.inbox')
    .select(['c.settings', 'c.secrets', 'i.address'])
    .where('c.id', '=', channel)
    .where('c.kind', '=', 'mail')
    .where('c.removed_at', 'is', null)
    .forUpdate('c')
    .executeTakeFirst()
  if (!row) return refuse('not_found')
  return {
    settings: row.settings as Record<string, unknown>,
    held: openSealed(secrets, row.secrets),
    address: row.address,
  }
}

async function keep(
  tx: Db,
  secrets: Secrets,
  channel: string,
  { settings, held }: { settings: Record<string, unknown>; held: Record<string, string> },
): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ settings: json(settings), secrets: sealSecrets(secrets, held) })
    .where('id', '=', channel)
    .execute()
}
