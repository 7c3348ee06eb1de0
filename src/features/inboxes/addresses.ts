// Which addresses are ours. An address belongs to one inbox, as its own or as an alias (table own_addresses).
import { sql } from 'kysely'
import { type Db, isUniqueViolation } from '#platform/db/db.ts'
import { blankIn, errorsOf, type FieldError, refuse, refuseField } from '#platform/errors/refuse.ts'
import { mailAddress } from '#shared/address/address.ts'

const withoutPlus = (address: string) => address.replace(/\+[^@]*@/, '@')

/**
 * The inboxes that these addresses lead to, by address as given. An address with a plus (`support+token@…`)
 * leads where the one without it does, unless it is an address of its own.
 */
export async function inboxesByAddress(db: Db, addresses: string[]): Promise<Map<string, string>> {
  const asked = addresses.map((given) => ({ given, address: mailAddress(given) ?? given.toLowerCase() }))
  const sought = asked.flatMap(({ address }) => [address, withoutPlus(address)])
  if (sought.length === 0) return new Map()
  const { rows } = await sql<{ address: string; inbox: string }>`
    select address, inbox from own_addresses where address = any(${sought}::text[])`.execute(db)
  const known = new Map(rows.map((row) => [row.address, row.inbox]))
  return new Map(
    asked.flatMap(({ given, address }): [string, string][] => {
      const inbox = known.get(address) ?? known.get(withoutPlus(address))
      return inbox ? [[given, inbox]] : []
    }),
  )
}

/** The id of the inbox an address leads to; null: it is not ours. */
export async function inboxByAddress(db: Db, address: string): Promise<string | null> {
  return (await inboxesByAddress(db, [address])).get(address) ?? null
}

/** Every address of every inbox, aliases included, lower case: mail from one of them is our own. */
export async function ownAddresses(db: Db): Promise<Set<string>> {
  const { rows } = await sql<{ address: string }>`select address from own_addresses`.execute(db)
  return new Set(rows.map((row) => row.address))
}

/** An inbox's address as it is kept. 422 naming the field when it is none, or is an agent's or another inbox's. */
export async function checkAddress(tx: Db, given: string, field: string, inbox?: string): Promise<string> {
  const address = mailAddress(given) ?? refuseField(field, 'not_an_address')
  const { rows } = await sql`
    select from own_addresses where address = ${address} and inbox is distinct from ${inbox ?? null}::bigint
    union all select from agents where address = ${address} and removed_at is null
    union all select from agent_addresses where address = ${address}`.execute(tx)
  if (rows.length > 0) refuseField(field, 'taken')
  return address
}

/** What no schema knows of an inbox's name and addresses, in a body that may be anything. */
export async function wrongInbox(
  db: Db,
  { name, address, aliases }: Record<string, unknown>,
  inbox?: string,
): Promise<FieldError[]> {
  const given = [
    ['address', address] as const,
    ...(Array.isArray(aliases) ? aliases.slice(0, 100) : []).map((one, i) => [`aliases.${i}`, one] as const),
  ]
  const wrong = blankIn({ name }, 'name')
  for (const [field, one] of given)
    if (typeof one === 'string' && one.trim())
      wrong.push(
        ...(await errorsOf(async () => {
          const found = await checkAddress(db, one, field, inbox)
          if (one !== address && typeof address === 'string' && found === mailAddress(address))
            refuseField(field, 'taken')
        })),
      )
  return wrong
}

/** Two at once took the same address: the check above saw nothing, the constraint did. */
export function refuseTakenAddress(error: unknown): never {
  const takenBy = ['own_addresses_pkey', 'taken_addresses_pkey', 'inboxes_address', 'inbox_aliases_pkey']
  if (takenBy.some((constraint) => isUniqueViolation(error, constraint))) refuse('taken')
  throw error
}

export async function setAliases(tx: Db, inbox: string, own: string, given: string[]): Promise<void> {
  await tx.deleteFrom('inbox_aliases').where('inbox', '=', inbox).execute()
  const aliases = new Set<string>()
  for (const [i, alias] of given.entries()) {
    const address = await checkAddress(tx, alias, `aliases.${i}`, inbox)
    if (address === own) refuseField(`aliases.${i}`, 'taken')
    aliases.add(address)
  }
  for (const address of aliases)
    await tx.insertInto('inbox_aliases').values({ address, inbox }).execute().catch(refuseTakenAddress)
}
