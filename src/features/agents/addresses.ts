// The addresses of an agent: the one he signs in with, and further ones he writes from. Mail from any of them is his.
// An address is one agent's or one inbox's (table taken_addresses).
import { sql } from 'kysely'
import { type Db, isUniqueViolation } from '#platform/db/db.ts'
import { blankIn, errorsOf, type FieldError, isBlank, refuse, refuseField } from '#platform/errors/refuse.ts'
import { mailAddress } from '#shared/address/address.ts'

// What better-auth takes as an address (zod's email): less than mail allows, and an agent must be able to sign in.
const canSignIn = /^[\w'+-][\w'+.-]*(?<!['.])@/

/** The address an agent signs in with, as it is kept. 422 `field` when it is none, or is the desk's own or another's. */
export async function checkSignInAddress(tx: Db, given: string, field: string, agent?: string) {
  const address = await checkAgentAddress(tx, given, field, agent)
  return canSignIn.test(address) ? address : refuseField(field, 'not_an_address')
}

/** What no schema knows of a newcomer, in a body that may be anything. */
export async function wrongNewcomer(
  db: Db,
  { name, address }: Record<string, unknown>,
): Promise<FieldError[]> {
  const wrong = blankIn({ name }, 'name')
  if (typeof address !== 'string' || isBlank(address)) return wrong
  return [...wrong, ...(await errorsOf(() => checkSignInAddress(db, address, 'address')))]
}

async function checkAgentAddress(tx: Db, given: string, field: string, agent?: string): Promise<string> {
  const address = mailAddress(given) ?? refuseField(field, 'not_an_address')
  const { rows } = await sql<{ own: boolean; taken: boolean }>`
    select exists (select from own_addresses where address in (${address}, ${address.replace(/\+[^@]*@/, '@')})) as own,
      exists (select from agents where address = ${address} and removed_at is null
          and id is distinct from ${agent ?? null}::bigint
        union all select from agent_addresses where address = ${address}
          and agent is distinct from ${agent ?? null}::bigint) as taken`.execute(tx)
  if (rows[0]!.own) refuseField(field, 'own_address')
  if (rows[0]!.taken) refuseField(field, 'taken')
  return address
}

/** The further addresses he writes from, all of them. 422 names the first that cannot be taken. */
export async function setFurtherAddresses(
  tx: Db,
  agent: string,
  own: string,
  given: string[],
): Promise<void> {
  const addresses = new Set<string>()
  for (const [i, one] of given.entries())
    addresses.add(await checkAgentAddress(tx, one, `furtherAddresses.${i}`, agent))
  addresses.delete(own)
  await tx.deleteFrom('agent_addresses').where('agent', '=', agent).execute()
  if (addresses.size === 0) return
  await tx
    .insertInto('agent_addresses')
    .values([...addresses].sort().map((address) => ({ address, agent })))
    .execute()
    .catch(refuseTakenAddress)
}

export async function furtherAddressesOf(db: Db, agent: string): Promise<string[]> {
  const rows = await db
    .selectFrom('agent_addresses')
    .select('address')
    .where('agent', '=', agent)
    .orderBy('address')
    .execute()
  return rows.map(({ address }) => address)
}

/** Two at once took the same address: the check saw nothing, the constraint did. */
export function refuseTakenAddress(error: unknown): never {
  const takenBy = ['taken_addresses_pkey', 'agents_address_key', 'agent_addresses_pkey']
  if (takenBy.some((constraint) => isUniqueViolation(error, constraint))) refuse('taken')
  throw error
}
