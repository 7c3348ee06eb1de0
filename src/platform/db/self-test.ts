import { sql } from 'kysely'
import type { Db } from './db.ts'

/**
 * What Foyer needs of a database, tried rather than assumed. With an LC_CTYPE of C, `lower()` and pg_trgm
 * do nothing to Cyrillic and search would silently find less, so a wrong locale refuses to start.
 * @returns sentences, each a reason not to start; empty when all is well
 */
export async function selfTest(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    version: number
    encoding: string
    lowered: string
    trigrams: number
    stem: string
  }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      lower('ПРИВЕТ') as lowered, cardinality(show_trgm('Привет')) as trigrams,
      to_tsvector('foyer', 'новую фичу')::text as stem`.execute(db)
  const found = rows[0]!
  const wrong: string[] = []
  if (found.version < 150000)
    wrong.push(`PostgreSQL is ${Math.floor(found.version / 10000)}; Foyer needs 15 or newer.`)
  if (found.encoding !== 'UTF8')
    wrong.push(`The database's encoding is ${found.encoding}; create it with ENCODING 'UTF8'.`)
  if (found.lowered !== 'привет' || found.trigrams === 0)
    wrong.push(
      "The database does not know Cyrillic letters (LC_CTYPE is C); create it with LC_CTYPE 'C.UTF-8', e.g. CREATE DATABASE foyer TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'.",
    )
  if (!found.stem.includes('фич'))
    wrong.push('The Russian text search configuration is missing in this PostgreSQL.')
  return wrong
}
