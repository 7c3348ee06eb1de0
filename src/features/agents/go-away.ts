import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'

export interface Absence {
  /** null: from now on */
  from: Date | null
  /** null: until he comes back by himself */
  until: Date | null
}

/** The agent takes no new work while he is away: now, or in the days to come. 422 names the time that cannot be. */
export async function goAway(tx: Db, by: By, agent: string, { from, until }: Absence): Promise<void> {
  const begins = from ?? by.at
  if (until && (until <= by.at || until <= begins)) refuseField('until', 'in_past')
  const { numUpdatedRows } = await tx
    .updateTable('agents')
    .set({ away_from: begins, away_until: until })
    .where('id', '=', agent)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) refuse('not_found')
  await append(tx, {
    ...by,
    kind: 'agent_away',
    after: { agent, from: begins.toISOString(), until: until?.toISOString() ?? null },
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
