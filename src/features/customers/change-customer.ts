import { type Db, json } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { companyNamed } from './company-named.ts'
import type { CustomerInput } from './customers.contract.ts'
import { setIdentities, wantedReach } from './identities.ts'
import { noteChanges } from './note-changes.ts'
import { showCustomers } from './show.ts'
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

const columns = {
  name: 'name',
  company: 'company',
  language: 'language',
  timeZone: 'time_zone',
  vip: 'vip_at',
  hint: 'hint',
} as const
type Field = keyof typeof columns
const isField = (name: string): name is Field => name in columns

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
    .select(['name', 'company', 'language', 'time_zone', 'vip_at', 'hint', 'fields', 'last_changes'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!was) return refuse('not_found')
  if (input.seen) await refuseChanged(tx, id, was.last_changes, input)
  const wanted = {
    name: words(input.name),
    company: input.company === undefined ? undefined : await companyNamed(tx, words(input.company), by),
    language: input.language === undefined ? undefined : languageIn(words(input.language)),
    time_zone: input.timeZone === undefined ? undefined : timeZoneIn(words(input.timeZone)),
    vip_at: input.vip === undefined ? undefined : input.vip ? (was.vip_at ?? by.at) : null,
    hint: words(input.hint),
  }
  const keys = Object.keys(wanted) as (keyof typeof wanted)[]
  const changed = keys.filter((key) => wanted[key] !== undefined && wanted[key] !== was[key])
  const fields = input.fields && fieldsAfter(was.fields as Record<string, string>, input.fields)
  const reach = await wantedReach(tx, id, input)
  const identities = reach ? await setIdentities(tx, id, reach, onlooker, by.at) : null
  if (changed.length === 0 && !identities && !fields && kind === 'customer_changed') return
  const part = (from: Record<string, unknown>) =>
    Object.fromEntries(changed.map((key) => [key, from[key] ?? null]))
  const more = (which: 'before' | 'after') => ({
    ...(identities ? { identities: identities[which] } : {}),
    ...(fields ? { fields: which === 'before' ? was.fields : fields } : {}),
  })
  if (changed.length > 0 || fields)
    await tx
      .updateTable('customers')
      .set({ ...part(wanted), ...(fields ? { fields: json(fields) } : {}) })
      .where('id', '=', id)
      .execute()
  const named = (Object.keys(columns) as Field[]).filter((field) => changed.includes(columns[field]))
  const touched = [...named, ...(fields ? ['fields'] : []), ...(identities ? ['identities'] : [])]
  if (kind === 'customer_changed') await noteChanges(tx, id, touched, by)
  await append(tx, {
    ...by,
    kind,
    before: { ...part(was), ...more('before') },
    after: { customer: id, ...part(wanted), ...more('after') },
  })
}

/** @returns undefined: nothing differs */
function fieldsAfter(
  was: Record<string, string>,
  input: NonNullable<CustomerInput['fields']>,
): Record<string, string> | undefined {
  const next = { ...was }
  for (const [name, value] of Object.entries(input))
    if (value?.trim()) next[name] = value.trim()
    else delete next[name]
  return JSON.stringify(next) === JSON.stringify(was) ? undefined : next
}

/** Another one was quicker: his word stays, and the caller is told whose it is. */
async function refuseChanged(tx: Db, id: string, changes: unknown, { seen = {}, ...input }: CustomerInput) {
  const [now] = await showCustomers(tx, [id])
  for (const field of Object.keys(seen).filter(isField)) {
    const there = field === 'company' ? (now?.company?.name ?? null) : (now?.[field] ?? null)
    const [before, wanted] = [seen[field] ?? null, input[field] ?? null]
    if (there === before || there === wanted) continue
    const change = (changes as Record<string, unknown>)[field] ? now?.changes[field] : undefined
    refuse('changed_since', {
      extra: { field, value: there, by: change?.by ?? null, at: change?.at ?? null },
    })
  }
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
