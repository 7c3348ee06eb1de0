import { type RawBuilder, sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import { customerSeenBy, type Onlooker } from './visible.ts'

interface Asked {
  q?: string | undefined
  limit: number
  cursor?: string | undefined
}
interface Found {
  ids: string[]
  nextCursor: string | null
}

/**
 * Customers, the latest first. `q` is a part of a name or an address, words in any order, or a phone number in any
 * form, of which the last ten digits count. Where nobody is called so, the nearest names and addresses: a typing
 * error. Those are one page.
 */
export async function findCustomers(db: Db, onlooker: Onlooker, asked: Asked): Promise<Found> {
  const before = asked.cursor ? decodeCursor(asked.cursor, 1, [/^\d{1,18}$/])[0]! : null
  const q = (asked.q ?? '').trim()
  const { rows } = await sql<{ id: string }>`
    select p.id::text from customers p
    where p.joined_into is null and ${customerSeenBy(onlooker)} and ${q ? called(q) : sql`true`}
      and (${before}::bigint is null or p.id < ${before}::bigint)
    order by p.id desc limit ${asked.limit + 1}`.execute(db)
  const ids = rows.map(({ id }) => id).slice(0, asked.limit)
  if (ids.length === 0 && q && !before)
    return { ids: await findSimilar(db, onlooker, q, asked.limit), nextCursor: null }
  return { ids, nextCursor: rows.length > asked.limit ? encodeCursor([ids.at(-1)]) : null }
}

const like = (words: string) => `%${words.replace(/[\\%_]/g, '\\$&')}%`

/** Identities may still stand at one that was joined into another: the survivor is found by them. */
const whose = (condition: RawBuilder<unknown>) => sql`
  select coalesce(o.joined_into, o.id) from customer_identities i join customers o on o.id = i.customer
  where ${condition}`

function called(q: string): RawBuilder<boolean> {
  const words = q.toLowerCase().split(/\s+/).slice(0, 10)
  const each = words.map(
    (word) => sql`p.id in (
      select coalesce(joined_into, id) from customers where search_plain(name) like search_plain(${like(word)})
      union all ${whose(sql`i.value like ${like(word)}`)})`,
  )
  const phone = tailOf(q)
  const byWords = sql<boolean>`(${sql.join(each, sql` and `)})`
  if (!phone) return byWords
  return sql<boolean>`(${byWords} or p.id in (${whose(sql`i.kind = 'phone' and i.value like ${`%${phone}%`}`)}))`
}

/** The digits of a phone number by which it is known whatever stands before them: +7, 8, 007. */
function tailOf(q: string): string | null {
  if (!/^\+?[\d\s().\u2010-\u2013/-]+$/.test(q)) return null
  const digits = q.replace(/\D/g, '')
  return digits.length >= 4 ? digits.slice(-10) : null
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
        (select coalesce(joined_into, id) as id, search_plain(name) <->> search_plain(${plain}) as far from customers
          where search_plain(name) %> search_plain(${plain}) order by far limit 200)
        union all
        (select coalesce(o.joined_into, o.id), i.value <->> ${plain} as far
          from customer_identities i join customers o on o.id = i.customer
          where i.value %> ${plain} order by far limit 200)
      )
      select p.id::text from customers p join (select id, min(far) as far from near group by id) n on n.id = p.id
      where ${customerSeenBy(onlooker)} order by n.far, p.id desc limit ${Math.min(limit, 20)}`.execute(tx)
    return rows.map(({ id }) => id)
  })
}
