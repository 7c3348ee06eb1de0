// Companies and their people: those whom somebody counted among them, and those whose address has a domain of theirs.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import type { Company, CompanyInput } from './companies.contract.ts'
import { companyByDomain } from './show.ts'
import { customerSeenBy, type Onlooker } from './visible.ts'

/** The predicate over a customers row `p`: he belongs to the company. */
export const ofCompany = (company: RawBuilder<unknown>) => sql<boolean>`(p.company = ${company} or (
  p.company is null and p.id in (
    select ci.customer from company_domains cd
      join customer_identities ci on ci.kind = 'mail' and split_part(ci.value, '@', 2) = cd.domain
    where cd.company = ${company})
  and ${companyByDomain} = ${company}))`

const most = 1000
const people = (onlooker: Onlooker) => sql<number>`(
  select count(*)::int from (select from customers p
    where p.joined_into is null and ${ofCompany(sql`k.id`)} and ${customerSeenBy(onlooker)} limit ${most}) seen)`
const columns = (onlooker: Onlooker) => sql`k.id::text, k.name, ${people(onlooker)} as customers,
  array(select domain from company_domains d where d.company = k.id order by domain) as domains`

/** Companies with somebody the caller may see, by name. */
export async function findCompanies(
  db: Db,
  onlooker: Onlooker,
  { q = '', limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: Company[]; nextCursor: string | null }> {
  const [name, id] = cursor ? decodeCursor(cursor, 2, [/^/, /^\d{1,18}$/]) : [null, null]
  const like = `%${q
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Company & { sorted: string }>`
    select * from (select ${columns(onlooker)}, lower(k.name) as sorted from companies k
      where (lower(k.name) like ${like}
          or exists (select from company_domains d where d.company = k.id and d.domain like ${like}))
        and (${name}::text is null or (lower(k.name), k.id) > (${name}, ${id}::bigint))
        and exists (select from customers p
          where p.joined_into is null and ${ofCompany(sql`k.id`)} and ${customerSeenBy(onlooker)})
      order by lower(k.name), k.id limit ${limit + 1}) found`.execute(db)
  const items = rows.slice(0, limit).map(({ sorted: _, ...company }) => company)
  const last = rows[limit - 1]
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.sorted, last.id]) : null }
}

export async function showCompany(db: Db, onlooker: Onlooker, id: string): Promise<Company> {
  const { rows } = await sql<Company>`
    select ${columns(onlooker)} from companies k where k.id = ${id}`.execute(db)
  const company = rows[0]
  return company && (company.customers > 0 || onlooker.everything) ? company : refuse('not_found')
}

/** Its name and its domains: the list becomes these; a domain that is taken away is no company's from then on. */
export async function changeCompany(tx: Db, id: string, input: CompanyInput, by: By): Promise<void> {
  const was = await tx
    .selectFrom('companies')
    .select('name')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!was) return refuse('not_found')
  const name = input.name?.trim()
  if (name && name !== was.name)
    await tx.updateTable('companies').set({ name }).where('id', '=', id).execute()
  if (input.domains) await setDomains(tx, id, input.domains.map(domainIn), by.at)
  await append(tx, { ...by, kind: 'company_changed', after: { company: id } })
}

function domainIn(text: string, at: number): string {
  const domain = text.trim().toLowerCase().replace(/^@/, '')
  return /^[^\s@.]+(\.[^\s@.]+)+$/u.test(domain) ? domain : refuseField(`domains.${at}`, 'wrong_format')
}

async function setDomains(tx: Db, company: string, domains: string[], now: Date): Promise<void> {
  await tx
    .updateTable('company_domains')
    .set({ company: null })
    .where('company', '=', company)
    .where('domain', 'not in', [...domains, ''])
    .execute()
  for (const [at, domain] of domains.entries()) {
    const { rows } = await sql`
      insert into company_domains (domain, company, added_at) values (${domain}, ${company}, ${now})
      on conflict (domain) do update set company = excluded.company
        where company_domains.company is null or company_domains.company = excluded.company
      returning domain`.execute(tx)
    if (rows.length === 0) refuseField(`domains.${at}`, 'taken')
  }
}
