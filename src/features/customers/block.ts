import type { Db } from '#platform/db/db.ts'
import { append, type By } from '#platform/events/events.ts'

/** Mail from this address is kept apart from now on (`quarantined`, reason `blocked`) and starts nothing. */
export async function block(tx: Db, address: string, by: By): Promise<void> {
  const added = await tx
    .insertInto('blocked_addresses')
    .values({ address, blocked_at: by.at, blocked_by: by.actor.kind === 'agent' ? by.actor.id : null })
    .onConflict((there) => there.column('address').doNothing())
    .returning('address')
    .executeTakeFirst()
  if (added) await tell(tx, address, 'address_blocked', by)
}

export async function unblock(tx: Db, address: string, by: By): Promise<void> {
  const removed = await tx
    .deleteFrom('blocked_addresses')
    .where('address', '=', address)
    .returning('address')
    .executeTakeFirst()
  if (removed) await tell(tx, address, 'address_unblocked', by)
}

/** Whether any of these is blocked. @param addresses lower case */
export async function isBlocked(db: Db, addresses: string[]): Promise<boolean> {
  const found = await db
    .selectFrom('blocked_addresses')
    .select('address')
    .where('address', 'in', [...addresses, ''])
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function blockedAddresses(db: Db, limit: number, after: string | null) {
  return db
    .selectFrom('blocked_addresses as b')
    .leftJoin('agents as a', 'a.id', 'b.blocked_by')
    .select(['b.address', 'b.blocked_at', 'a.id as agent', 'a.name'])
    .where('b.address', '>', after ?? '')
    .orderBy('b.address')
    .limit(limit + 1)
    .execute()
}

/** Told under the customer whose address it is, so that only who may see him hears of it; else without the address. */
async function tell(
  tx: Db,
  address: string,
  what: 'address_blocked' | 'address_unblocked',
  by: By,
): Promise<void> {
  const owner = await tx
    .selectFrom('customer_identities')
    .select('customer')
    .where('kind', '=', 'mail')
    .where('scope', '=', '0')
    .where('value', '=', address)
    .executeTakeFirst()
  await append(tx, {
    ...by,
    kind: owner ? `customer_${what}` : what,
    after: owner ? { customer: owner.customer, address } : {},
  })
}
