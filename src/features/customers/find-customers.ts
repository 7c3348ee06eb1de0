import { type RawBuilder, sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import { ofCompany } from './companies.ts'
import { phoneCountry, phoneEnds } from './phone.ts'
import { customerSeenBy, type Onlooker } from './visible.ts'

interface Asked {
  q?: string | undefined
  company?: string | undefined
  limit: number
  cursor?: string | undefined
}
export interface Found {
  ids: string[]
  nextCursor: string | null
}

/**
 * Customers, the latest first. `q` is a part of a name or an address, words in any order, or a phone number in any
 * writing. Where nobody is called so, the nearest names and addresses: a typing
 * error. Those are one page.
 */
export async function findCustomers(db: Db, onlooker: Onlooker, asked: Asked): Promise<Found> {
  const before = asked.cursor ? decodeCursor(asked.cursor, 1, [/^\d{1,18}$/])[0]! : null
  const q = (asked.q ?? '').trim()
  const company = asked.company ? ofCompany(sql`${asked.company}::bigint`) : sql`true`
  const ends = q ? phoneEnds(q, await phoneCountry(db)) : []
  const { rows } = await sql<{ id: string }>`
    select p.id::text from customers p
    where p.joined_into is null and ${customerSeenBy(onlooker)} and ${q ? called(q, ends) : sql`true`} and ${company}
      and (${before}::bigint is null or p.id < ${before}::bigint)
    order by p.id desc limit ${asked.limit + 1}`.execute(db)
  const ids = rows.map(({ id }) => id).slice(0, asked.limit)
  if (ids.length === 0 && q && !before && !asked.company)
    return { ids: await findSimilar(db, onlooker, q, asked.limit), nextCursor: null }
  return { ids, nextCursor: rows.length > asked.limit ? encodeCursor([ids.at(-1)]) : null }
}

const like = (words: string) => `%${words.replace(/[\\%_]/g, '\\$&')}%`

/** Whoever was joined into another is found as that other, by his old name, too; `joins` go as deep as people made them. */
const survivor = (row: RawBuilder<unknown>) => sql`(
  with recursive way as (
    select ${row}.id, ${row}.joined_into
    union select further.id, further.joined_into from customers further join way on further.id = way.joined_into
  ) select id from way where joined_into is null)`
const whose = (condition: RawBuilder<unknown>) => sql`
  select ${survivor(sql`o`)} from customer_identities i join customers o on o.id = i.customer where ${condition}`

function called(q: string, ends: string[]): RawBuilder<boolean> {
  const words = q.toLowerCase().split(/\s+/).slice(0, 10)
  const each = words.map(
    (word) => sql`p.id in (
      select ${survivor(sql`n`)} from customers n where search_plain(n.name) like search_plain(${like(word)})
      union all ${whose(sql`i.value like ${like(word)}`)})`,
  )
  const byWords = sql<boolean>`(${sql.join(each, sql` and `)})`
  if (ends.length === 0) return byWords
  const byEnd = sql.join(
    ends.map((end) => sql`i.value like ${`%${end}%`}`),
    sql` or `,
  )
  return sql<boolean>`(${byWords} or p.id in (${whose(sql`i.kind = 'phone' and (${byEnd})`)}))`
}

async function findSimilar(db: Db, onlooker: Onlooker, q: string, limit: number): Promise<string[]> {
  const plain = q.toLowerCase()
  // Below four letters everything looks like everything.
  if (!/\p{L}{4}/u.test(plain)) return []
  return inTransaction(db, async (tx) => {
    // Two letters changed places in a name of six leave a third of its trigrams; addresses share their endings.
    const near = plain.includes('@') ? '0.6' : '0.35'
    await sql`select set_config('pg_trgm.word_similarity_threshold', ${near}, true)`.execute(tx)
    const { rows } = await sql<{ id: string }>`
      with near as (
        (select ${survivor(sql`n`)} as id, search_plain(n.name) <->> search_plain(${plain}) as far from customers n
          where search_plain(n.name) %> search_plain(${plain}) order by far limit 200)
        union all
        (select ${survivor(sql`o`)}, i.value <->> ${plain} as far
          from customer_identities i join customers o on o.id = i.customer
          where i.value %> ${plain} order by far limit 200)
      )
      select p.id::text from customers p join (select id, min(far) as far from near group by id) n on n.id = p.id
      where ${customerSeenBy(onlooker)} order by n.far, p.id desc limit ${Math.min(limit, 20)}`.execute(tx)
    return rows.map(({ id }) => id)
  })
}
