import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'

/** The agent takes no new work from now on, until he comes back by himself or (when given) at that time. */
export async function goAway(tx: Db, by: By, agent: string, until: Date | null): Promise<void> {
  if (until && until <= by.at) refuseField('until', 'in_past')
  await tx
    .updateTable('agents')
    .set({ away_from: by.at, away_until: until })
    .where('id', '=', agent)
    .execute()
  await append(tx, {
    ...by,
    kind: 'agent_away',
    after: { agent, until: until?.toISOString() ?? null },
  })
}

export async function comeBack(tx: Db, by: By, agent: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('agents')
    .set({ away_from: null, away_until: null })
    .where('id', '=', agent)
    .where((where) => where.or([where('away_from', 'is not', null), where('away_until', 'is not', null)]))
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await append(tx, { ...by, kind: 'agent_back', after: { agent } })
}
