import { setTeamsOf } from '#features/teams/teams.ts'
import { type Db, json } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { checkSignInAddress, refuseTakenAddress } from './addresses.ts'
import type { Role } from './agents.contract.ts'

export interface NewcomerDetails {
  name: string
  address: string
  role?: Role
  teams?: string[]
  language?: string
}

/**
 * Adds an agent who has yet to join (see joinAgent). Somebody who was removed comes back with his old row, so that
 * his words are his again. 422 `address` when it is no address, taken, or one of the desk's own.
 * @returns his id
 */
export async function addAgent(tx: Db, by: By, newcomer: NewcomerDetails): Promise<string> {
  const { role = 'agent', language = 'en', teams = [] } = newcomer
  const name = newcomer.name.trim()
  if (!name) refuseField('name', 'required')
  const address = await checkSignInAddress(tx, newcomer.address, 'address')
  const row = await tx
    .insertInto('agents')
    .values({ name, address, role, language, settings: json({}), invited_at: by.at, created_at: by.at })
    .onConflict((conflict) =>
      conflict
        .column('address')
        .doUpdateSet({
          name,
          role,
          language,
          invited_at: by.at,
          joined_at: null,
          removed_at: null,
          removed_by: null,
        })
        .where('agents.removed_at', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst()
    .catch(refuseTakenAddress)
  if (!row) refuseField('address', 'taken')
  await setTeamsOf(tx, by, row.id, teams)
  await append(tx, { ...by, kind: 'agent_invited', after: { agent: row.id, name, role } })
  return row.id
}
