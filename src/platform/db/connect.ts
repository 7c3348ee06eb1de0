import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { Mendable } from '../errors/mendable.ts'
import { type Db, isDatabaseAway, sqlState } from './db.ts'

/** A database that is just starting (another container) is waited for; ms. */
const patience = 15_000

const reasons: Record<string, string> = {
  '28P01': 'The password in DATABASE_URL is not accepted.',
  '28000': 'The user in DATABASE_URL is not let in; look at pg_hba.conf.',
  '3D000':
    "The database named in DATABASE_URL does not exist. Make it: CREATE DATABASE foyer TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'.",
}

/** Until the database answers, for so many ms; throws a sentence when it does not. */
export async function connect(db: Db, url: string, within = patience): Promise<void> {
  const deadline = performance.now() + within
  for (;;) {
    try {
      await sql`select 1`.execute(db)
      return
    } catch (error) {
      const reason = reasons[sqlState(error) ?? '']
      if (reason) throw new Mendable(reason)
      const { host } = new URL(url)
      if (!isDatabaseAway(error) || performance.now() > deadline)
        throw new Mendable(
          `The database at ${host} cannot be reached (${(error as Error).message || (error as { code?: string }).code}). Start it, or mend DATABASE_URL.`,
        )
      await wait(300)
    }
  }
}
