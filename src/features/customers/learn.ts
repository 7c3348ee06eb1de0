import type { Db } from '#platform/db/db.ts'
import { noteClaims } from './claims.ts'
import type { Introduction } from './know.ts'

/** Further identities of a customer; what belongs to somebody already stays his, and that it was said is noted. */
export async function learn(
  tx: Db,
  customer: string,
  identities: Pick<Introduction, 'kind' | 'scope' | 'value' | 'verified'>[],
  now: Date,
): Promise<void> {
  if (identities.length === 0) return
  const learnt = await tx
    .insertInto('customer_identities')
    .values(
      identities.map(({ kind, scope, value, verified }) => ({
        customer,
        kind,
        scope,
        value,
        verified_at: verified ? now : null,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['kind', 'scope', 'value']).doNothing())
    .returning(['kind', 'value'])
    .execute()
  const others = identities.filter(
    (one) => !learnt.some(({ kind, value }) => kind === one.kind && value === one.value),
  )
  await noteClaims(
    tx,
    customer,
    others.map(({ kind, scope, value, verified }) => ({ kind, scope, value, verified })),
    now,
  )
}
