// The first run: the first administrator, his team and the first inbox, in one transaction. Of two who try at the
// same moment one wins, the other is told that it is done.
import type { FastifyRequest } from 'fastify'
import { addAgent, isSetUp, joinAgent } from '#features/agents/agents.ts'
import { addInbox } from '#features/inboxes/inboxes.ts'
import { addTeam } from '#features/teams/teams.ts'
import { isLoopback } from '#platform/config/config.ts'
import { inTransaction, lockInTransaction, lockSpace } from '#platform/db/db.ts'
import { blankIn, type FieldError, Refusal, refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By, system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { mailAddress } from '#shared/address/address.ts'
import { createCredential } from './credentials.ts'
import { checkPassword, wrongPassword } from './password-rules.ts'
import type { SetUp } from './sign-in.contract.ts'

/** 409 `setup_done`; 422 names the field as the caller knows it. @returns the administrator's id */
export async function setUp(house: House, given: Omit<SetUp, 'code'>): Promise<string> {
  const { name, password, language, inboxName, inboxAddress } = given
  const address = mailAddress(given.address) ?? refuseField('address', 'not_an_address')
  checkPassword(password, address, 'password')
  return inTransaction(house.db, async (tx) => {
    await lockInTransaction(tx, lockSpace.setup, 'setup')
    if (await isSetUp(tx)) refuse('setup_done')
    const by: By = { at: house.clock.now(), actor: system }
    const team = await addTeam(tx, by, { name: text(language, 'people:firstTeam') })
    const agent = await addAgent(tx, by, { name, address, language, role: 'admin', teams: [team] })
    await addInbox(tx, by, { name: inboxName, address: inboxAddress, team }).catch(asInboxAddress)
    const authUser = await createCredential(house, tx, { name, address, password })
    await joinAgent(tx, by, agent, authUser)
    await append(tx, { ...by, kind: 'setup_done', after: { agent } })
    return agent
  })
}

/** What the schema of the first run does not know, of a body that may be anything. */
export async function wrongSetUp(body: Record<string, unknown>): Promise<FieldError[]> {
  const [address, inboxAddress] = [body.address, body.inboxAddress].map(
    (given) => typeof given === 'string' && mailAddress(given),
  )
  const same = address && address === inboxAddress ? [{ field: 'inboxAddress', code: 'taken' }] : []
  return [...blankIn(body, 'name', 'inboxName'), ...(await wrongPassword(body.password, address)), ...same]
}

function asInboxAddress(error: unknown): never {
  const wrong = error instanceof Refusal && error.errors.find(({ field }) => field === 'address')
  if (wrong) refuseField('inboxAddress', wrong.code)
  throw error
}

/**
 * Whether a request comes from this very machine. Behind a proxy every request comes from loopback, and a foreign page
 * may call a local name, so neither forwarding headers nor a foreign Host may be there.
 */
export function isFromHere(request: FastifyRequest): boolean {
  const { headers, socket } = request
  if (headers.forwarded || headers['x-forwarded-for'] || headers['x-real-ip'] || headers.via) return false
  const remote = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(remote) && isLoopback(request.hostname.replace(/^\[|\]$/g, ''))
}

/** The code that a first run from elsewhere must name; derived, so that every process prints the same. */
export const setupCode = (house: House): string =>
  house.secrets.sign('setup', 'code').match(/.{4}/g)!.join('-')

export function isSetupCode(house: House, given: string | undefined): boolean {
  return house.secrets.verify('setup', 'code', (given ?? '').replace(/[\s-]/g, ''))
}
