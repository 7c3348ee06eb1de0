import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { By } from '#platform/events/events.ts'

/** Who changed these fields of a customer last, so that whoever writes the same one beside him can be told. */
export async function noteChanges(tx: Db, customer: string, fields: string[], by: By): Promise<void> {
  const who = by.actor.kind === 'agent' ? by.actor.id : null
  const told = Object.fromEntries(fields.map((field) => [field, { by: who, at: by.at.toISOString() }]))
  await sql`
    update customers set last_changes = last_changes || ${JSON.stringify(told)}::jsonb where id = ${customer}`.execute(
    tx,
  )
}
