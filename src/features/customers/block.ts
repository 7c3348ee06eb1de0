// Whose mail is kept apart: single addresses, and whole domains written `@example.com`, with everything below them.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { mailAddress } from '#shared/address/address.ts'
import { isMailHost } from './mail-hosts.ts'

/** Mail from there is kept apart from now on (`quarantined`, reason `blocked`) and starts nothing. */
export async function block(tx: Db, address: string, by: By, reason?: string | null): Promise<void> {
  const why = reason?.trim() || null
  const added = await tx
    .insertInto('blocked_addresses')
    .values({
      address,
      blocked_at: by.at,
      blocked_by: by.actor.kind === 'agent' ? by.actor.id : null,
      reason: why,
    })
    .onConflict((there) => there.column('address').doNothing())
    .returning('address')
    .executeTakeFirst()
  if (added) await tell(tx, address, 'address_blocked', by)
  else if (reason !== undefined)
    await tx.updateTable('blocked_addresses').set({ reason: why }).where('address', '=', address).execute()
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
    .where('address', 'in', [...addresses.flatMap(blockedBy), ''])
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** What on the list keeps this address out: itself, or a domain it is in. */
export function blockedBy(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.')
  return [address, ...labels.slice(0, -1).map((_, n) => `@${labels.slice(n).join('.')}`)]
}

/**
 * What a person typed, as it stands on the list: `anna@example.com`, or `example.com` as `@example.com`. 422 for the
 * desk's own and for providers at which half the world has its addresses.
 */
export async function blockable(db: Db, typed: string, field = 'address'): Promise<string> {
  const address = readBlockable(typed) ?? refuseField(field, 'not_an_address')
  const { rows } = await sql`
    select from own_addresses where address = ${address} or (${address} like '@%' and (
      split_part(address, '@', 2) = ${address.slice(1)} or address like ${`%.${address.slice(1)}`})) limit 1`.execute(
    db,
  )
  if (rows.length > 0) refuseField(field, 'own_address')
  return address.startsWith('@') && isMailHost(address.slice(1)) ? refuseField(field, 'mail_host') : address
}

/** The same without asking whether it is wise: what stands on the list can always be taken off it. */
export function readBlockable(typed: string): string | null {
  const words = typed.trim().toLowerCase()
  const domain = words.startsWith('@') ? words.slice(1) : words.includes('@') ? null : words
  if (domain === null) return mailAddress(words)
  return mailAddress(`x@${domain}`)?.includes('.') ? `@${mailAddress(`x@${domain}`)!.slice(2)}` : null
}

export async function blockedAddresses(db: Db, limit: number, after: string | null) {
  return db
    .selectFrom('blocked_addresses as b')
    .leftJoin('agents as a', 'a.id', 'b.blocked_by')
    .select(['b.address', 'b.blocked_at', 'b.reason', 'a.id as agent', 'a.name'])
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
