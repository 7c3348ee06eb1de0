import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { Actor } from '#platform/events/events.ts'
import { type ConversationRow, changeLocked } from './change.ts'

export interface Newcomer {
  customer: string
  /** lower case */
  address: string
  name: string | null
  /** whom the customer or an agent addressed gets our replies; a stranger gets nothing until an agent adds him */
  confirmed: boolean
}

/**
 * Other outside people take part in a locked conversation. Whom an agent removed stays away.
 * @returns the row as it stands now
 */
export async function takePart(
  tx: Db,
  row: ConversationRow,
  newcomers: Newcomer[],
  { actor, at }: { actor: Actor; at: Date },
): Promise<ConversationRow> {
  if (newcomers.length === 0) return row
  const by = `${actor.kind}:${actor.id ?? ''}`
  const added = await tx
    .insertInto('participants')
    .values(
      newcomers.map(({ confirmed, ...person }) => ({
        ...person,
        conversation: row.id,
        confirmed_at: confirmed ? at : null,
        confirmed_by: confirmed ? by : null,
        added_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['conversation', 'address'])
        .doUpdateSet({ confirmed_at: at, confirmed_by: by })
        .where('participants.confirmed_at', 'is', null)
        .where('participants.removed_at', 'is', null)
        .where(sql<boolean>`excluded.confirmed_at is not null`),
    )
    .returning(['address', 'confirmed_at'])
    .execute()
  let next = row
  for (const { address: participant, confirmed_at } of added) {
    // That the customer copied somebody is told by his mail itself; a stranger is a line of its own.
    const kind = confirmed_at ? 'participant_added' : 'participant_joined'
    const told = { actor, at, kind, set: {}, after: { participant }, always: true, shown: !confirmed_at }
    next = (await changeLocked(tx, next, told)).row
  }
  return next
}
