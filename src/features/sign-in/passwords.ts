// Changing a password: by the person who knows the old one, or by a mailed link.
import { joinAgent } from '#features/agents/agents.ts'
import { sendSystemMail } from '#features/outbox/outbox.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { errorsOf, refuse } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { mailAddress } from '#shared/address/address.ts'
import { changePassword, createCredential, isPassword } from './credentials.ts'
import { makeLink, takeLink } from './links.ts'
import { checkPassword } from './password-rules.ts'
import { endSessions } from './sessions.ts'

/** Mails a reset link when an agent who has joined has this address; else does nothing. Run as a job, so that the
 * answer to the request takes the same time for known and unknown addresses. */
export async function mailPasswordReset(house: House, given: string): Promise<void> {
  const address = mailAddress(given)
  if (!address) return
  await inTransaction(house.db, async (tx) => {
    const agent = await tx
      .selectFrom('agents')
      .select(['id', 'name', 'language'])
      .where('address', '=', address)
      .where('removed_at', 'is', null)
      .where('joined_at', 'is not', null)
      .executeTakeFirst()
    if (!agent) return
    const { name, language } = agent
    const params = { name, link: await makeResetLink(house, tx, agent.id) }
    await sendSystemMail(house, tx, { kind: 'reset', to: { name, address }, language, params })
  })
}

export async function makeResetLink(house: House, tx: Db, agent: string): Promise<string> {
  return `${house.url}/reset/${await makeLink(tx, house.clock.now(), 'reset', agent)}`
}

/** A new password by a mailed link; every session ends. @returns the person's address */
export async function resetPassword(house: House, token: string, password: string): Promise<string> {
  const at = house.clock.now()
  return inTransaction(house.db, async (tx) => {
    const id = await takeLink(tx, at, 'reset', token)
    await setPassword(house, tx, id, { password, field: 'password', keepSession: null })
    const { address } = await tx
      .selectFrom('agents')
      .select('address')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return address
  })
}

/** 422 `current` when the old one is wrong. The session it was done in goes on, the others end. */
export async function changeOwnPassword(
  house: House,
  caller: { id: string; sessionId: string | null },
  { current, next }: { current: string; next: string },
): Promise<void> {
  const { auth_user, address } = await house.db
    .selectFrom('agents')
    .select(['auth_user', 'address'])
    .where('id', '=', caller.id)
    .executeTakeFirstOrThrow()
  const errors = await errorsOf(() => checkPassword(next, address, 'next'))
  if (!auth_user || !(await isPassword(house, auth_user, current)))
    errors.unshift({ field: 'current', code: 'password_wrong' })
  if (errors.length > 0) refuse('invalid', { errors })
  await inTransaction(house.db, (tx) =>
    setPassword(house, tx, caller.id, { password: next, field: 'next', keepSession: caller.sessionId }),
  )
}

async function setPassword(
  house: House,
  tx: Db,
  id: string,
  { password, field, keepSession }: { password: string; field: string; keepSession: string | null },
): Promise<void> {
  const by = { at: house.clock.now(), actor: { kind: 'agent' as const, id } }
  const { address, name, auth_user } = await tx
    .selectFrom('agents')
    .select(['address', 'name', 'auth_user'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  checkPassword(password, address, field)
  if (auth_user) await changePassword(house, tx, auth_user, password)
  // He had keys only until now.
  else await joinAgent(tx, by, id, await createCredential(house, tx, { name, address, password }))
  await endSessions(tx, by, id, keepSession)
  await append(tx, { ...by, kind: 'password_changed', after: { agent: id } })
}
