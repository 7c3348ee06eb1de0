// Everything kept about a person: one ZIP with person.json, his files and his raw mails; and what colleagues wrote among
// themselves, in internal.json, which somebody looks through before any of it is passed on.
import { sql } from 'kysely'
import type * as attachments from '#features/attachments/attachments.ts'
import type { Item } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as customers from '#features/customers/customers.ts'
import type { House } from '#platform/house.ts'

interface FileRow {
  name: string
  file: Buffer
  at: Date
}

/** What is sealed stays behind its seal: the file says that it is there. */
export async function* exportPerson(
  { db, files, clock }: House,
  customer: string,
  language: string,
): AsyncGenerator<attachments.ZipEntry> {
  const ids = await customers.everybodyIn(db, customer)
  const { values } = await customers.namesOfPerson(db, ids)
  const places = await conversations.conversationsOfPerson(db, ids)
  const own = new Set(places.flatMap((place) => (place.own ? [Number(place.id)] : [])))
  /** In somebody else's conversation only what is his; what came by merging is whose it was where it came from. */
  const isHis = (item: Item, place: number) =>
    (item.author.id !== null && ids.includes(item.author.id)) ||
    own.has(('origin' in item ? item.origin : null) ?? place)
  const kept = []
  for (const { id, own: customer } of places) {
    const { items } = await conversations.itemsBefore(db, id, undefined, 1_000_000, language)
    const number = Number(id)
    kept.push({ number, customer, items: items.filter((item) => isHis(item, number)) })
  }
  const received = await sql`
    select received_at as "receivedAt", door, from_address as "from", subject, encode(sha256, 'hex') as sha256,
      outcome, reason, erased_because as "erasedBecause"
    from ledger where lower(from_address) = any(${values}::text[]) order by id`.execute(db)
  const person = {
    exportedAt: clock.now().toISOString(),
    customers: await customers.showCustomers(db, ids),
    conversations: kept.map(({ items, ...place }) => ({
      ...place,
      items: items.filter(({ type }) => type === 'message'),
    })),
    received: received.rows,
  }
  const internal = {
    notes: await db
      .selectFrom('customer_notes')
      .select(['text', 'written_at'])
      .where('customer', 'in', ids)
      .where('removed_at', 'is', null)
      .execute(),
    conversations: kept.map(({ items, ...place }) => ({
      ...place,
      items: items.filter(({ type }) => type !== 'message'),
    })),
  }
  const file = (name: string, content: object) => ({
    name,
    bytes: Buffer.from(JSON.stringify(content, null, 2)),
    at: clock.now(),
  })
  yield file('person.json', person)
  yield file('internal.json', internal)
  const messages = kept.flatMap(({ items }) =>
    items.filter(({ type }) => type === 'message').map(({ id }) => id),
  )
  const { rows } = await sql<FileRow>`
    select 'files/' || a.id || '-' || a.name as name, a.file, a.created_at as at from attachments a
    where a.message = any(${messages}::bigint[]) and a.seal is null
    union all select 'mails/' || m.id || '.eml', l.sha256, m.at from messages m join ledger l on l.id = m.ledger
    where m.id = any(${messages}::bigint[]) and m.author_id = any(${ids}::bigint[])
      and m.author_kind in ('customer', 'participant') and l.erased_at is null and l.seal is null`.execute(db)
  for (const { name, file, at } of rows)
    yield { name: name.replace(/[\\\0]|\.\./g, '_'), bytes: await files.read(file), at }
}
