import { settleSetting } from '#platform/settings/settings.ts'
import type { Db } from '../db/db.ts'
import { Mendable } from '../errors/mendable.ts'

const key = 'secret_fingerprint'

/**
 * The database remembers which secret it was made with (its key id, which tells nothing of it). Another one could
 * open no password and would sign links that nobody accepts, so it refuses to start.
 */
export async function recognizeSecret(db: Db, keyId: string): Promise<void> {
  if ((await settleSetting(db, key, keyId)) !== keyId)
    throw new Mendable(
      'The secret does not belong to this database, which was made with another one. Put back the file "secret" of the data folder (it is in every backup), or set FOYER_SECRET to its content.',
    )
}
