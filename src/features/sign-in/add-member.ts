import { addAgent, joinAgent, type NewcomerDetails } from '#features/agents/agents.ts'
import type { Db } from '#platform/db/db.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { mailAddress } from '#shared/address/address.ts'
import { createCredential } from './credentials.ts'
import { checkPassword } from './password-rules.ts'

/**
 * Adds an agent who is in at once, without an invitation (command line, demo, tests).
 * @param password null: he works by API key until he resets his password
 */
export async function addMember(
  house: House,
  tx: Db,
  by: By,
  newcomer: NewcomerDetails & { password: string | null },
): Promise<string> {
  const { password, ...details } = newcomer
  const id = await addAgent(tx, by, details)
  const address = mailAddress(details.address)!
  if (password !== null) checkPassword(password, address, 'password')
  const authUser =
    password === null ? null : await createCredential(house, tx, { name: details.name, address, password })
  await joinAgent(tx, by, id, authUser)
  return id
}
