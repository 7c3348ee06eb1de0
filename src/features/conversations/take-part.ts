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
    .returning(['address', 'name', 'confirmed_at'])
    .execute()
  if (added.length === 0) return row
  const strangers = added.some((person) => person.confirmed_at === null)
  const after = { participants: added.map(({ address, name }) => ({ address, name })), confirmed: !strangers }
  const change = { actor, at, kind: 'participants_joined', set: {}, after, always: true, shown: strangers }
  return (await changeLocked(tx, row, change)).row
}
