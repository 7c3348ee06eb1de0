import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/**
 * The rows that name kept files. What is known already is young again, so that no sweep takes it now; in one order,
 * so that two who name the same files never wait for each other.
 */
export async function nameFiles(db: Db, files: { sha256: Buffer; size: number }[], now: Date): Promise<void> {
  const rows = files.map(({ sha256, size }) => ({ sha256: sha256.toString('hex'), size }))
  await sql`
    insert into files (sha256, size, stored_at)
    select distinct on (sha256) decode(sha256, 'hex'), size, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(sha256 text, size bigint) order by sha256
    on conflict (sha256) do update
      set stored_at = excluded.stored_at where files.stored_at < excluded.stored_at - interval '1 hour'`.execute(
    db,
  )
}
