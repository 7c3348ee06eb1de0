// A person's password, kept by better-auth (scrypt). Called inside the transaction that makes or changes the agent.
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { openAuth } from './auth.ts'

/** @returns the sign-in user's id, for agents.auth_user */
export async function createCredential(
  house: House,
  tx: Db,
  person: { name: string; address: string; password: string },
): Promise<string> {
  const { internalAdapter, password } = await openAuth(house, tx).$context
  const user = await internalAdapter.createUser(
    { name: person.name, email: person.address, emailVerified: true },
    { method: 'email' },
  )
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await password.hash(person.password),
  })
  return user.id
}

export async function changePassword(house: House, tx: Db, authUser: string, next: string): Promise<void> {
  const { internalAdapter, password } = await openAuth(house, tx).$context
  await internalAdapter.updatePassword(authUser, await password.hash(next))
}

export async function changeEmail(house: House, tx: Db, authUser: string, address: string): Promise<void> {
  const { internalAdapter } = await openAuth(house, tx).$context
  await internalAdapter.updateUser(authUser, { email: address })
}

export async function isPassword(house: House, authUser: string, given: string): Promise<boolean> {
  const { internalAdapter, password } = await openAuth(house).$context
  const accounts = await internalAdapter.findAccounts(authUser)
  const hash = accounts.find((account) => account.providerId === 'credential')?.password
  return hash ? password.verify({ hash, password: given }) : false
}

/** Deletes the sign-in user with his password and sessions. */
export async function deleteCredential(house: House, tx: Db, authUser: string): Promise<void> {
  const { internalAdapter } = await openAuth(house, tx).$context
  await internalAdapter.deleteUserSessions(authUser)
  await internalAdapter.deleteUser(authUser)
}
