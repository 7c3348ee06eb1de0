import { setTeamsOf } from '#features/teams/teams.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import {
  checkSignInAddress,
  furtherAddressesOf,
  refuseTakenAddress,
  setFurtherAddresses,
} from './addresses.ts'
import type { Right, Role } from './agents.contract.ts'
import { keepOneAdmin, lockAdmins } from './keep-one-admin.ts'

export interface AgentChanges {
  name?: string
  role?: Role
  rights?: Right[]
  teams?: string[]
  /** only together with his sign-in user: see sign-in's changeAddress */
  address?: string
  furtherAddresses?: string[]
}

/** Changes what is given. 409 `last_admin` when nobody would be left who may change anything. */
export async function changeAgent(tx: Db, by: By, id: string, change: AgentChanges): Promise<void> {
  const name = change.name?.trim()
  if (name === '') refuseField('name', 'required')
  if (change.role === 'agent') await lockAdmins(tx)
  const before = await stateOf(tx, id)
  if (before.role === 'admin' && change.role === 'agent') await keepOneAdmin(tx, id)
  const address =
    change.address === undefined
      ? before.address
      : await checkSignInAddress(tx, change.address, 'address', id)
  const further = change.furtherAddresses ?? before.furtherAddresses
  // They go first and come last, so that the address and a further one can change places.
  const addressesChange = change.furtherAddresses !== undefined || address !== before.address
  if (addressesChange) await setFurtherAddresses(tx, id, before.address, [])
  await tx
    .updateTable('agents')
    .set({
      name: name ?? before.name,
      role: change.role ?? before.role,
      rights: change.rights ?? before.rights,
      address,
    })
    .where('id', '=', id)
    .execute()
    .catch(refuseTakenAddress)
  if (addressesChange) await setFurtherAddresses(tx, id, address, further)
  if (change.teams) await setTeamsOf(tx, by, id, change.teams)
  await append(tx, {
    ...by,
    kind: 'agent_changed',
    before,
    after: { agent: id, ...(await stateOf(tx, id)) },
  })
}

async function stateOf(tx: Db, id: string) {
  const row = await tx
    .selectFrom('agents')
    .select(['name', 'role', 'rights', 'address'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ? { ...row, furtherAddresses: await furtherAddressesOf(tx, id) } : refuse('not_found')
}
