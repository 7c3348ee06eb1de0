import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { Customer, JoinPreview } from './customers.contract.ts'
import { missing, rowOf } from './fill.ts'
import { showCustomers } from './show.ts'

/** What the two would be as one, before anybody says yes. */
export async function previewJoin(db: Db, survivor: string, other: string): Promise<JoinPreview> {
  const [one, two] = await showCustomers(db, [survivor, other])
  if (!one || !two) return refuse('not_found')
  const filled = Object.keys(missing(await rowOf(db, survivor), await rowOf(db, other)))
  const { rows } = await sql<{ conversations: number; notes: number }>`
    select (select count(*)::int from conversations where customer = ${other}) as conversations,
      (select count(*)::int from customer_notes where customer = ${other} and removed_at is null) as notes`.execute(
    db,
  )
  const { conversations, notes } = rows[0]!
  return {
    survivor: one,
    joined: two,
    result: together(one, two),
    filled: filled.map(asField),
    conversations,
    notes,
  }
}

const asField = (column: string) =>
  column === 'time_zone' ? 'timeZone' : column === 'vip_at' ? 'vip' : column

function together(one: Customer, two: Customer): Customer {
  return {
    ...one,
    name: one.name ?? two.name,
    address: one.address ?? two.address,
    identities: [...one.identities, ...two.identities.map((identity) => ({ ...identity, primary: false }))],
    company:
      one.company?.byDomain && two.company?.byDomain === false ? two.company : (one.company ?? two.company),
    language: one.language ?? two.language,
    timeZone: one.timeZone ?? two.timeZone,
    vip: one.vip || two.vip,
    hint: one.hint ?? two.hint,
    fields: { ...two.fields, ...one.fields },
  }
}
