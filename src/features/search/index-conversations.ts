// Keeps conversation_search true to the conversations: a follower of the stream, a batch at a time.
//
// A new message or comment only adds its words (a long conversation is not read again for each answer); whatever else
// may change words or people (subject, customer, an edited, deleted or erased text, a merge) has the row made anew.
import { type RawBuilder, sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { idsFor, keepPlan } from '#platform/db/kept-plans.ts'
import type { StreamEvent } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'

/** Fields of a conversation that no search word comes from. */
const wordless = new Set([
  ...['category', 'status_name', 'priority', 'assignee', 'team', 'topic', 'snoozed_until', 'waiting_since'],
  ...[
    'spam_at',
    'trashed_at',
    'closed_at',
    'locked_at',
    'thanks_at',
    'holder_kind',
    'holder_id',
    'tag',
    'tags',
  ],
])
const wordlessKinds =
  /^(delivery|message_sent|answered|draft|read|unread|follow|unfollow|tag|untag|snooz|wait)/
const additions = new Set(['message_received', 'message_written', 'commented', 'comment_added'])

function isWordless(event: StreamEvent): boolean {
  if (wordlessKinds.test(event.kind)) return true
  const fields = [...Object.keys(event.before), ...Object.keys(event.after)]
  return event.item === null && fields.length > 0 && fields.every((field) => wordless.has(field))
}

export const searchFollower: Follower = {
  from: 'beginning',
  batch: 500,
  async react(tx, events) {
    const anew = new Set<string>()
    const added = new Set<string>()
    const customers = new Set<string>()
    for (const event of events) {
      if (event.conversation === null) {
        if (event.kind.startsWith('customer') && typeof event.after.customer === 'string')
          customers.add(event.after.customer)
      } else if (additions.has(event.kind) && event.item) added.add(event.item)
      else if (!isWordless(event)) anew.add(event.conversation)
    }
    const missing = await addItems(tx, [...added], [...anew])
    await indexConversations(tx, [...anew, ...missing])
    if (customers.size > 0) await indexCustomers(tx, [...customers])
  },
}

/** The words of people, their addresses, and of each message; `m` is a row of messages. */
const messageWords = sql`concat_ws(' ', m.subject, m.text, m.author_name, m.author_address,
  (select string_agg(concat_ws(' ', r ->> 'name', r ->> 'address'), ' ')
    from jsonb_array_elements(case when m.direction = 'out' then m.recipients || m.copies else m.copies end) r),
  (select string_agg(a.name, ' ') from attachments a where a.message = m.id and not a.inline))`
const commentWords = sql`concat_ws(' ', m.text, m.author_name,
  (select string_agg(a.name, ' ') from attachments a where a.comment = m.id))`

/** @returns conversations that have no row yet and must be made as a whole */
async function addItems(tx: Db, items: string[], except: string[]): Promise<string[]> {
  if (items.length === 0) return []
  const { rows } = await sql<{ conversation: string }>`${keepPlan}
    with fresh as (
      select m.conversation, ${messageWords} as words, '' as comment_words
      from messages m where m.id = any(${items}::bigint[]) and m.conversation <> all(${except}::bigint[])
      union all
      select m.conversation, '', ${commentWords}
      from comments m where m.id = any(${items}::bigint[]) and m.conversation <> all(${except}::bigint[])
    ), whole as (
      select conversation, search_words(string_agg(words, ' ')) as words,
        search_words(string_agg(comment_words, ' ')) as comment_words
      from fresh group by conversation
    ), joined as (
      update conversation_search s set words = search_join(s.words, whole.words),
        comment_words = search_join(s.comment_words, whole.comment_words),
        inbox = c.inbox, last_activity_at = c.last_activity_at
      from whole join conversations c on c.id = whole.conversation
      where s.conversation = whole.conversation returning s.conversation
    )
    select conversation from whole where conversation not in (select conversation from joined)`.execute(tx)
  return rows.map((row) => row.conversation)
}

/** Rows as they should stand, of conversations (called `c`) of which this holds. */
const rowsToIndex = (which: RawBuilder<boolean>) => sql`
  select c.id as conversation, c.inbox, c.last_activity_at,
    search_words(concat_ws(' ', c.subject, c.customer_address, cu.name,
      (select string_agg(i.value, ' ') from customer_identities i where i.customer = c.customer),
      (select string_agg(concat_ws(' ', p.name, p.address), ' ') from participants p
        where p.conversation = c.id and p.removed_at is null),
      (select string_agg(${messageWords}, ' ' order by m.position desc) from messages m where m.conversation = c.id))) as words,
    coalesce((select search_words(string_agg(${commentWords}, ' ' order by m.position desc))
      from comments m where m.conversation = c.id and m.deleted_at is null), '') as comment_words
  from conversations c join customers cu on cu.id = c.customer
  where ${which} and c.merged_into is null`

const intoPlace = sql`on conflict (conversation) do update set inbox = excluded.inbox,
  last_activity_at = excluded.last_activity_at, words = excluded.words, comment_words = excluded.comment_words`

/** Makes the rows of these conversations anew; merged ones have none, their words live with the survivor. */
export async function indexConversations(db: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`${keepPlan}
    insert into conversation_search (conversation, inbox, last_activity_at, words, comment_words)
    ${rowsToIndex(sql`c.id = any(${idsFor(ids)})`)} ${intoPlace}`.execute(db)
  await sql`
    delete from conversation_search s using conversations c
    where c.id = s.conversation and c.id = any(${ids}::bigint[]) and c.merged_into is not null`.execute(db)
}

/** From so many rows on, an index made once is cheaper than one that grows row by row. */
const worthAnIndex = 5000
/** Conversations read in one statement. */
const slice = 10_000

/**
 * Makes the rows of all conversations from `first` on anew, for what came in by other ways than the stream (a large
 * demo). Reading the words is most of the work, and PostgreSQL parts no such statement among its processes: two
 * connections read slices beside each other into a table of their own, and one transaction puts all of it into place.
 */
export async function indexSince(db: Db, first: number): Promise<void> {
  const { rows } = await sql<{ last: string | null }>`select max(id) as last from conversations`.execute(db)
  const last = Number(rows[0]?.last ?? 0)
  await sql`drop table if exists fresh_search`.execute(db)
  await sql`create unlogged table fresh_search (like conversation_search)`.execute(db)
  try {
    let next = first
    const read = async () => {
      while (next <= last) {
        const from = next
        next += slice
        const which = sql<boolean>`c.id >= ${sql.lit(from)} and c.id < ${sql.lit(from + slice)}`
        await sql`insert into fresh_search ${rowsToIndex(which)}`.execute(db)
      }
    }
    await Promise.all([read(), read()])
    await inTransaction(db, takeFresh)
  } finally {
    await sql`drop table if exists fresh_search`.execute(db)
  }
}

async function takeFresh(tx: Db): Promise<void> {
  const { rows } = await sql<{ n: string; index: string }>`
    select count(*) as n, pg_get_indexdef('conversation_search_all'::regclass) as index from fresh_search`.execute(
    tx,
  )
  const { n, index } = rows[0]!
  const anew = Number(n) >= worthAnIndex
  if (anew) await sql`drop index conversation_search_all`.execute(tx)
  await sql`
    insert into conversation_search (conversation, inbox, last_activity_at, words, comment_words)
    select conversation, inbox, last_activity_at, words, comment_words from fresh_search
    order by last_activity_at ${intoPlace}`.execute(tx)
  if (!anew) return
  // Several processes sort it, however small PostgreSQL thinks the table is.
  await sql`set local min_parallel_table_scan_size = 0`.execute(tx)
  await sql`set local maintenance_work_mem = '256MB'`.execute(tx)
  await sql.raw(index).execute(tx)
}

/** A person's name or address changed: found under it in the newest of his conversations from now on. */
async function indexCustomers(tx: Db, customers: string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${customers}::bigint[]) asked(customer) cross join lateral (
      select id from conversations where customer = asked.customer order by last_activity_at desc limit 500) c`.execute(
    tx,
  )
  await indexConversations(
    tx,
    rows.map((row) => row.id),
  )
}
