import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Db } from '#platform/db/db.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'

export interface PushKeys {
  /** the uncompressed point, base64url: what browsers call applicationServerKey */
  public: string
  /** JWK of the private key */
  private: JsonWebKey
}
const purpose = 'push keys'

/** Our key pair for push services (RFC 8292), made on first use and then always the same. */
export async function pushKeys(db: Db, secrets: Secrets, now: Date): Promise<PushKeys> {
  const known = await kept(db)
  if (known) return opened(known, secrets)
  const made = make()
  await db
    .insertInto('push_keys')
    .values({
      public: made.public,
      sealed: secrets.seal(purpose, JSON.stringify(made.private)),
      created_at: now,
    })
    .onConflict((other) => other.doNothing())
    .execute()
  return opened((await kept(db))!, secrets)
}

const kept = (db: Db) => db.selectFrom('push_keys').select(['public', 'sealed']).executeTakeFirst()
const opened = (row: { public: string; sealed: string }, secrets: Secrets): PushKeys => ({
  public: row.public,
  private: JSON.parse(secrets.open(purpose, row.sealed)),
})

function make(): PushKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return {
    public: pointOf(createPublicKey(privateKey)).toString('base64url'),
    private: privateKey.export({ format: 'jwk' }),
  }
}
/** 0x04, x, y (SEC 1, 2.3.3). */
export function pointOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}
