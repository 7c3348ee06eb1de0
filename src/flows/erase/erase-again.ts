// A backup holds what was erased after it was made. The list of erasures outlives the database (erasures.jsonl), and a
// restore does them again before anybody sees the desk.
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import * as conversations from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { type ErasureKind, erase, placeOf } from './erase.ts'
import { erasePerson } from './erase-person.ts'
import type { Noted } from './finish-erasure.ts'

/** The lines of erasures.jsonl; a last one that was cut by a power cut is left out. */
export function readErasures(path: string): Noted[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line ? [JSON.parse(line) as Noted] : []
    } catch {
      return []
    }
  })
}

/** Those that this database does not know are done, each with its own reason. @returns how many */
export async function eraseAgain(tx: Db, noted: Noted[], now: Date): Promise<number> {
  let count = 0
  for (const { at, kind: told, subject, item_at, reason } of noted) {
    if (told === 'person') {
      count += await personAgain(tx, { at, subject, item_at, reason }, now)
      continue
    }
    const kind = told as ErasureKind
    const done = await tx
      .selectFrom('erasures')
      .select('id')
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .executeTakeFirst()
    const place = done ? null : await placeOf(tx, { kind, subject })
    if (place?.at.toISOString() !== item_at) continue
    const row = await conversations.lock(tx, place.conversation)
    await erase(
      tx,
      row,
      { kind, subject },
      { at: now, actor: system, agent: null, reason: `${reason} (${at})` },
    )
    count += 1
  }
  return count
}

/** His messages were noted one by one before him; here goes what he is known by. */
async function personAgain(
  tx: Db,
  { at, subject, item_at, reason }: Pick<Noted, 'at' | 'subject' | 'item_at' | 'reason'>,
  now: Date,
): Promise<number> {
  const person = await tx
    .selectFrom('customers')
    .select(['created_at', 'erased_at'])
    .where('id', '=', subject)
    .executeTakeFirst()
  if (!person || person.erased_at || person.created_at.toISOString() !== item_at) return 0
  await erasePerson(tx, subject, { at: now, actor: system, agent: null, reason: `${reason} (${at})` })
  return 1
}

/** What the backup knew is in the list of the new folder too: the job of the first start writes what is missing. */
export async function noteMissing(tx: Db, noted: Noted[]): Promise<void> {
  const { rows } = await sql<{ kind: string; subject: string; item_at: Date; id: string }>`
    select id, kind, subject, item_at from erasures where noted_at is not null`.execute(tx)
  const key = (one: { kind: string; subject: string }) => `${one.kind} ${one.subject}`
  const known = new Set(noted.map((one) => `${key(one)} ${one.item_at}`))
  const missing = rows.filter((row) => !known.has(`${key(row)} ${row.item_at.toISOString()}`))
  if (missing.length === 0) return
  await tx
    .updateTable('erasures')
    .set({ noted_at: null })
    .where(
      'id',
      'in',
      missing.map(({ id }) => id),
    )
    .execute()
  await addJob(tx, 'finish_erasure', { hashes: [] })
}
