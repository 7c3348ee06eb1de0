import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** How long an answer is remembered; milliseconds. Only who is ours is: a new inbox must not be refused. */
const memory = 5000

/** The inbox an address leads to (its own, an alias, either with a plus), remembered for a few seconds. */
export function knownInboxes(db: Db): (address: string) => Promise<string | null> {
  const known = new Map<string, { inbox: string; until: number }>()
  return async (given) => {
    const address = given.toLowerCase()
    const remembered = known.get(address)
    if (remembered && remembered.until > performance.now()) return remembered.inbox
    const inbox = await inboxOf(db, address)
    if (known.size > 10_000) known.clear()
    if (inbox) known.set(address, { inbox, until: performance.now() + memory })
    else known.delete(address)
    return inbox
  }
}

async function inboxOf(db: Db, address: string): Promise<string | null> {
  const plain = address.replace(/\+[^@]*@/, '@')
  const { rows } = await sql<{ inbox: string }>`
    select inbox from (
      select address, id as inbox from inboxes where removed_at is null
      union all select address, inbox from inbox_aliases) own
    where address in (${address}, ${plain}) order by address = ${address} desc limit 1`.execute(db)
  return rows[0]?.inbox ?? null
}
