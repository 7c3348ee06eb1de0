import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** The customer himself, or the one he was joined into, through as many joins as there were; null: there is none. */
export async function survivorOf(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive way as (
      select id, joined_into from customers where id = ${id}
      union select n.id, n.joined_into from customers n join way on n.id = way.joined_into
    )
    select id::text from way where joined_into is null`.execute(db)
  return rows[0]?.id ?? null
}

/** A customer and everybody who was joined into him, through as many joins as there were. */
export async function everyoneIn(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive inside as (
      select id from customers where id = ${id}
      union select n.id from customers n join inside on n.joined_into = inside.id
    )
    select id::text from inside`.execute(db)
  return rows.map((row) => row.id)
}
