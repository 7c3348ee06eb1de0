import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** A person's addresses leave what was sent to him, and what servers said about it. @param values lower case */
export async function erasePerson(tx: Db, values: string[]): Promise<void> {
  await sql`update delivery_attempts set text = '' where delivery in (
    select id from deliveries where lower(recipient) = any(${values}::text[]))`.execute(tx)
  await sql`update deliveries set recipient = 'erased-' || id
    where lower(recipient) = any(${values}::text[])`.execute(tx)
}
