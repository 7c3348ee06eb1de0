import { sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { folded } from './make-snippets.ts'

/** As many people as one question may mean. */
const most = 5000

/** Customers whose name or one of whose addresses holds every word given; ids, the latest first. */
export async function findPeople(db: Db, value: string): Promise<string[]> {
  const words = value
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 10)
  if (words.length === 0) return []
  const each = words.map((word) => {
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    return sql`p.id in (select id from customers where search_plain(name) like search_plain(${like})
      union all select customer from customer_identities where value like ${like})`
  })
  const { rows } = await sql<{ id: string }>`
    select p.id from customers p where ${sql.join(each, sql` and `)} order by p.id desc limit ${most}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/**
 * Words that people's names and addresses really hold and that look like one nobody wrote anywhere: a typing error.
 * Trigrams find the people, then the nearest of their words count.
 */
export async function similarWords(db: Db, word: string): Promise<string[]> {
  const plain = folded(word)
  // Below four letters everything looks like everything.
  if (!/^[\p{L}\p{N}]{4,40}$/u.test(plain)) return []
  return inTransaction(db, async (tx) => {
    // Two letters changed places in a name of six leave a third of its trigrams; pg_trgm's default is stricter.
    await sql`set local pg_trgm.word_similarity_threshold = 0.35`.execute(tx)
    const { rows } = await sql<{ word: string }>`
      with near as (
        (select name as words from customers where search_plain(name) %> ${plain} order by search_plain(name) <->> ${plain} limit 50)
        union all
        (select value from customer_identities where value %> ${plain} order by value <->> ${plain} limit 50)
      ), each as (
        select distinct lower(w) as word from near, regexp_split_to_table(search_normal(words), ' ') w where length(w) > 2
      )
      select word from each where similarity(word, ${plain}) >= 0.35
      order by similarity(word, ${plain}) desc, word limit 5`.execute(tx)
    return rows.map((row) => row.word)
  })
}
