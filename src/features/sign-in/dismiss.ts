import { removeAgent } from '#features/agents/agents.ts'
import type { Db } from '#platform/db/db.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { revokeApiKeys } from './api-keys.ts'
import { deleteCredential } from './credentials.ts'

/** Removes an agent with his password, sessions, keys and links. He is out with this commit; what
 * he was responsible for goes back to the teams by a job. */
export async function dismiss(house: House, tx: Db, by: By, id: string): Promise<void> {
  const authUser = await removeAgent(tx, by, id)
  if (authUser) await deleteCredential(house, tx, authUser)
  await revokeApiKeys(tx, by.at, id)
  await addJob(tx, 'release_conversations', { agent: id, by: by.actor })
  await tx.deleteFrom('sign_in_links').where('agent', '=', id).execute()
}
