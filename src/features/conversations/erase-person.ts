// Where a person stands in conversations besides his words: names, addresses, subjects.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** Conversations he has a part in; `own`: he is their customer. */
export async function conversationsOfPerson(
  db: Db,
  customers: string[],
): Promise<{ id: string; own: boolean }[]> {
  const { rows } = await sql<{ id: string; own: boolean }>`
    select c.id, c.customer = any(${customers}::bigint[]) as own from conversations c
    where c.customer = any(${customers}::bigint[])
      or exists (select from participants p where p.conversation = c.id and p.customer = any(${customers}::bigint[]))
      or exists (select from messages m where m.conversation = c.id and m.author_kind in ('customer', 'participant')
        and m.author_id = any(${customers}::bigint[]))
      or c.id in (select m.conversation from messages m join conversations h on h.id = m.origin
        where h.customer = any(${customers}::bigint[]))
    order by c.id`.execute(db)
  return rows
}

/** What is his in one of them: his words; in his own conversation our answers and comments too, never another's. */
export async function itemsOfPerson(
  db: Db,
  conversation: string,
  own: boolean,
  customers: string[],
): Promise<{ kind: 'message' | 'comment'; id: string }[]> {
  // What came by merging belongs to whoever it was written to where it came from.
  const his = sql<boolean>`case when i.origin is null then ${own}
    else exists (select from conversations h where h.id = i.origin and h.customer = any(${customers}::bigint[])) end`
  const { rows } = await sql<{ kind: 'message' | 'comment'; id: string }>`
    select 'message' as kind, id from messages i where conversation = ${conversation} and erased_at is null
      and ((author_kind in ('customer', 'participant') and author_id = any(${customers}::bigint[]))
        or (${his} and direction = 'out'))
    union all select 'comment', id from comments i where conversation = ${conversation} and ${his} and deleted_at is null
    order by id`.execute(db)
  return rows
}

/** @param values lower case */
export async function eraseNames(
  tx: Db,
  conversations: { id: string; own: boolean }[],
  customers: string[],
  { values, names }: { values: string[]; names: string[] },
): Promise<void> {
  const ids = conversations.map(({ id }) => id)
  const own = conversations.filter((one) => one.own).map(({ id }) => id)
  const without = (
    list: string,
  ) => sql`coalesce((select jsonb_agg(x) from jsonb_array_elements(${sql.ref(list)}) x
    where not lower(x->>'address') = any(${values}::text[])), '[]')`
  await sql`update messages set author_name = null, author_address = null, sender = null
    where conversation = any(${ids}::bigint[]) and author_kind in ('customer', 'participant')
      and author_id = any(${customers}::bigint[])`.execute(tx)
  await sql`update messages set recipients = ${without('recipients')}, copies = ${without('copies')},
      blind_copies = ${without('blind_copies')} where conversation = any(${ids}::bigint[])`.execute(tx)
  await sql`update messages set subject = null
    where coalesce(origin, conversation) = any(${own}::bigint[])`.execute(tx)
  await sql`update conversations set subject = '…', customer_address = null, fields = '{}', topic = null
    where id = any(${own}::bigint[])`.execute(tx)
  await sql`delete from participants where customer = any(${customers}::bigint[])`.execute(tx)
  // What happened stays; what it said about him does not.
  await sql`update events set before = '{}', after = case when after ? 'customer'
      then jsonb_build_object('customer', after->'customer') else '{}' end
    where (conversation = any(${own}::bigint[]) and (before ? 'subject' or after ? 'subject'))
      or ((conversation = any(${ids}::bigint[]) or kind like 'customer%') and exists (
        select from unnest(${[...values, ...names.map((name) => name.toLowerCase())]}::text[]) word
        where position(word in lower(before::text || after::text)) > 0))`.execute(tx)
}
