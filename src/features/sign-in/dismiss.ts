import { removeAgent, resolveAgent } from '#features/agents/agents.ts'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { revokeApiKeys } from './api-keys.ts'
import { deleteCredential } from './credentials.ts'

/** Who takes what somebody leaves behind; nobody named: their teams. */
export interface Heir {
  agent?: string
  team?: string
}

/** Removes an agent with his password, sessions, keys and links. He is out with this commit; what
 * he was responsible for goes to his heir by a job. 422 names an heir who cannot take it. */
export async function dismiss(house: House, tx: Db, by: By, id: string, heir: Heir = {}): Promise<void> {
  await checkHeir(tx, id, heir)
  const authUser = await removeAgent(tx, by, id)
  if (authUser) await deleteCredential(house, tx, authUser)
  await revokeApiKeys(tx, by.at, id)
  await addJob(tx, 'release_conversations', { agent: id, by: by.actor, heir })
  await tx.deleteFrom('sign_in_links').where('agent', '=', id).execute()
}

async function checkHeir(tx: Db, leaving: string, { agent, team }: Heir): Promise<void> {
  if (agent && team) refuseField('team', 'invalid')
  if (agent) {
    const heir = await resolveAgent(tx, agent, { id: leaving })
    if (heir.id === leaving || heir.state !== 'active') refuseField('agent', 'invalid')
  }
  if (!team) return
  const known = await tx
    .selectFrom('teams')
    .select('id')
    .where('id', '=', team)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!known) refuseField('team', 'unknown')
}
