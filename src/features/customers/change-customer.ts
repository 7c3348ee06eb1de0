import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { CustomerInput } from './customers.contract.ts'
import { setIdentities, wantedReach } from './identities.ts'
import type { Onlooker } from './visible.ts'

/** A customer entered by an agent: a name, or a way to reach him, at least. @returns his id */
export async function addCustomer(tx: Db, input: CustomerInput, onlooker: Onlooker, by: By): Promise<string> {
  const { name, identities, address, phone } = input
  if (!name?.trim() && !identities?.length && !address?.trim() && !phone?.trim())
    refuseField('name', 'required')
  const { id } = await tx
    .insertInto('customers')
    .values({ created_at: by.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await write(tx, id, input, onlooker, by, 'customer_added')
  return id
}

/** Changes what is named and leaves the rest. */
export async function changeCustomer(
  tx: Db,
  id: string,
  input: CustomerInput,
  onlooker: Onlooker,
  by: By,
): Promise<void> {
  await write(tx, id, input, onlooker, by, 'customer_changed')
}

async function write(
  tx: Db,
  id: string,
  input: CustomerInput,
  onlooker: Onlooker,
  by: By,
  kind: 'customer_added' | 'customer_changed',
): Promise<void> {
  const was = await tx
    .selectFrom('customers')
    .select(['name', 'company', 'language', 'time_zone', 'vip_at', 'hint', 'notes'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!was) return refuse('not_found')
  const wanted = {
    name: words(input.name),
    company: input.company === undefined ? undefined : await companyNamed(tx, words(input.company), by.at),
    language: input.language === undefined ? undefined : languageIn(words(input.language)),
    time_zone: input.timeZone === undefined ? undefined : timeZoneIn(words(input.timeZone)),
    vip_at: input.vip === undefined ? undefined : input.vip ? (was.vip_at ?? by.at) : null,
    hint: words(input.hint),
    notes: words(input.notes),
  }
  const keys = Object.keys(wanted) as (keyof typeof wanted)[]
  const changed = keys.filter((key) => wanted[key] !== undefined && wanted[key] !== was[key])
  const reach = await wantedReach(tx, id, input)
  const identities = reach ? await setIdentities(tx, id, reach, onlooker, by.at) : null
  if (changed.length === 0 && !identities && kind === 'customer_changed') return
  const part = (from: Record<string, unknown>) =>
    Object.fromEntries(changed.map((key) => [key, from[key] ?? null]))
  if (changed.length > 0) await tx.updateTable('customers').set(part(wanted)).where('id', '=', id).execute()
  await append(tx, {
    ...by,
    kind,
    before: { ...part(was), ...(identities ? { identities: identities.before } : {}) },
    after: { customer: id, ...part(wanted), ...(identities ? { identities: identities.after } : {}) },
  })
}

/** What was left empty is nothing. */
function words(text: string | null | undefined): string | null | undefined {
  return text === undefined ? undefined : text?.trim() || null
}

function languageIn(text: string | null | undefined): string | null {
  try {
    return text ? Intl.getCanonicalLocales(text)[0]! : null
  } catch {
    return refuseField('language', 'unknown')
  }
}

function timeZoneIn(text: string | null | undefined): string | null {
  try {
    return text ? new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone : null
  } catch {
    return refuseField('timeZone', 'unknown')
  }
}

/** The company of this name whatever its capitals, made where there is none. */
async function companyNamed(tx: Db, name: string | null | undefined, now: Date): Promise<string | null> {
  if (!name) return null
  const known = () =>
    tx
      .selectFrom('companies')
      .select('id')
      .where(sql<boolean>`lower(name) = lower(${name})`)
      .orderBy('id')
      .executeTakeFirst()
  const first = await known()
  if (first) return first.id
  // Two at once make one: the second waits, then finds the first one's.
  await sql`lock table companies in share row exclusive mode`.execute(tx)
  const second = await known()
  if (second) return second.id
  const made = await tx
    .insertInto('companies')
    .values({ name, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return made.id
}
