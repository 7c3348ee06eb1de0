import type { Db } from '#platform/db/db.ts'
import { append, type By } from '#platform/events/events.ts'

/** He has a password (or a key) now and is an agent like the others. @param authUser null: he has keys only */
export async function joinAgent(tx: Db, by: By, id: string, authUser: string | null): Promise<void> {
  await tx
    .updateTable('agents')
    .set({ joined_at: by.at, auth_user: authUser })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
  await append(tx, { ...by, kind: 'agent_joined', after: { agent: id } })
}
