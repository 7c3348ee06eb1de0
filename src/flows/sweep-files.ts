// Once a day, by our clock: files that no row names go. Rows first (an upload that nobody took, the attachments of a
// mail that was not taken in after all), then the store's own files, a day old by its own clock.
import { sql } from 'kysely'
import { after, days } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'

const chore = 'sweep_files'
const age = days(1)

/** Whoever moves the time on has the work done, as a job: a large store takes a while. */
export const askForSweep =
  (db: Db): DueSource =>
  async (now) =>
    inTransaction(db, async (tx) => {
      const { rows } = await sql`
        insert into chores (name, due_at) values (${chore}, ${after(now, age)})
        on conflict (name) do update set due_at = excluded.due_at where chores.due_at <= ${now}
        returning name`.execute(tx)
      if (rows.length > 0) await addJob(tx, chore, {}, { key: chore })
      return rows.length
    })

export async function sweepFiles({ db, files, clock, log }: House): Promise<void> {
  await forgetUnnamed(db, after(clock.now(), -age))
  const removed = await files.sweep((hashes) => namedOf(db, hashes), age)
  if (removed > 0) log.info('files swept', { removed })
}

/**
 * Rows of files that nothing uses. Whoever keeps a file that is known makes its row young (`stored_at`) under the
 * row's lock: a row that is about to be used again is waited for, and stays.
 */
async function forgetUnnamed(db: Db, before: Date): Promise<void> {
  await sql`
    delete from files f where stored_at < ${before}
      and not exists (select from ledger l where l.sha256 = f.sha256 and l.erased_at is null)
      and not exists (select from attachments a where a.file = f.sha256)`.execute(db)
}

async function namedOf(db: Db, hashes: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`
    select encode(sha256, 'hex') as hash from files
    where sha256 in (select decode(hash, 'hex') from unnest(${hashes}::text[]) as hash)`.execute(db)
  return new Set(rows.map(({ hash }) => hash))
}
