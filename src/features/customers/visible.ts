// Who sees a customer: whoever may see one of the conversations he takes part in; one without any is everybody's.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** The predicate over a conversations row called `c`, for the one who looks: `seenBy(sight)` of conversations. */
export interface Onlooker {
  seesConversation: RawBuilder<boolean>
  /** he sees every conversation there is */
  everything: boolean
}

/** The predicate over a customers row called `p`. */
export function customerSeenBy({ seesConversation, everything }: Onlooker): RawBuilder<boolean> {
  if (everything) return sql<boolean>`true`
  return sql<boolean>`(
    exists (select from conversations c where c.customer = p.id and ${seesConversation})
    or exists (select from participants t join conversations c on c.id = t.conversation
      where t.customer = p.id and ${seesConversation})
    or not exists (select from conversations where customer = p.id)
      and not exists (select from participants where customer = p.id))`
}

export async function seesCustomer(db: Db, onlooker: Onlooker, customer: string): Promise<boolean> {
  const { rows } = await sql`
    select from customers p where p.id = ${customer} and ${customerSeenBy(onlooker)}`.execute(db)
  return rows.length > 0
}
