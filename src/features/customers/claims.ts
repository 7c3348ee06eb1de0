// A channel says of somebody what is another customer's: "my customer 42 is anna@shop.example". Where the channel has
// made sure of it and the address is proved over here, too, they are one person; else it is a reason to suggest it.
import type { Db } from '#platform/db/db.ts'
import { append, system } from '#platform/events/events.ts'

export interface Claim {
  kind: string
  scope: string
  value: string
  verified: boolean
}

/** Notes those of the claims that belong to somebody else. */
export async function noteClaims(tx: Db, customer: string, claims: Claim[], now: Date): Promise<void> {
  for (const { verified, ...claim } of claims) {
    const owner = await ownerOf(tx, claim)
    if (!owner || owner.customer === customer) continue
    const fresh = await tx
      .insertInto('customer_claims')
      .values({ customer, ...claim, claimed_at: now })
      .onConflict((there) => there.doNothing())
      .returning('customer')
      .executeTakeFirst()
    if (!fresh) continue
    const after = { customer, other: owner.customer, proved: verified && owner.verified_at !== null }
    await append(tx, { at: now, actor: system, kind: 'customer_claimed', after })
  }
}

const ownerOf = (tx: Db, { kind, scope, value }: Omit<Claim, 'verified'>) =>
  tx
    .selectFrom('customer_identities')
    .select(['customer', 'verified_at'])
    .where('kind', '=', kind)
    .where('scope', '=', scope)
    .where('value', '=', value)
    .executeTakeFirst()
