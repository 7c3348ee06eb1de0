// The address an agent signs in with. His sessions stay; links mailed to the old address end.
import { changeAgent } from '#features/agents/agents.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { changeEmail, isPassword } from './credentials.ts'
import { mailInvitation } from './invitations.ts'

/** By himself: 422 `password` when it is not his, so that an open browser is not enough to take his seat away. */
export async function changeOwnAddress(
  house: House,
  by: By,
  id: string,
  { address, password }: { address: string; password: string },
): Promise<void> {
  const { auth_user } = await person(house.db, id)
  if (!auth_user || !(await isPassword(house, auth_user, password))) refuseField('password', 'password_wrong')
  await inTransaction(house.db, (tx) => changeAddress(house, tx, by, id, address))
}

/** By an administrator. Who was invited and has not come yet is invited at the new address. */
export async function changeAddressOf(
  house: House,
  by: By & { name: string },
  id: string,
  address: string,
): Promise<void> {
  const { name: inviter, ...actor } = by
  await inTransaction(house.db, async (tx) => {
    const before = await person(tx, id)
    await changeAddress(house, tx, actor, id, address)
    if (!before.joined_at) await mailInvitation(house, tx, id, inviter)
  })
}

async function changeAddress(house: House, tx: Db, by: By, id: string, given: string): Promise<void> {
  await changeAgent(tx, by, id, { address: given })
  const { auth_user, address } = await person(tx, id)
  if (auth_user) await changeEmail(house, tx, auth_user, address)
  await tx.deleteFrom('sign_in_links').where('agent', '=', id).execute()
}

const person = (db: Db, id: string) =>
  db
    .selectFrom('agents')
    .select(['auth_user', 'address', 'joined_at'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow(() => refuse('not_found'))
