// A desk of any size, by COPY: conversations of about four messages, up to 20 000 customers, one in twenty still open,
// English and Russian words as often as in natural text. It brings the past: its events stand before the beginning of
// the stream (negative places), so that nothing that follows the stream works through them; its mails are counted at
// a door of their own.
import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { gatherFacts } from '#features/numbers/numbers.ts'
import { indexSince } from '#features/search/search.ts'
import { foldCounts } from '#features/views/views.ts'
import { after, days } from '#platform/clock/clock.ts'
import { type Db, poolOf } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import type { Cast } from './cast.ts'
import { Rows } from './copy.ts'
import { type Customer, type Making, makeConversation, tables } from './make-conversation.ts'
import { somebody } from './names.ts'
import { type Chance, chance as chanceOf } from './random.ts'
import { speech } from './vocabulary.ts'

export interface Size {
  conversations: number
  seed: number
  /** told now and then how far it has come */
  onProgress?(done: string): void
}

const chunk = 4000
const tagNames = [
  'refund',
  'delivery',
  'invoice',
  'bug',
  'feature',
  'vip',
  'возврат',
  'доставка',
  'срочно',
  'question',
  'warranty',
  'spare part',
]

export async function fillLarge(
  house: House,
  cast: Cast,
  { conversations, seed, onProgress }: Size,
): Promise<void> {
  const { db } = house
  const now = house.clock.now()
  const chance = chanceOf(seed)
  const client = await poolOf(db).connect()
  try {
    const first = await reserve(db, 'conversations', conversations)
    // Per conversation about four messages, a quarter of a comment and two events and a half; long ones take more.
    const making: Making = {
      chance,
      speech: { en: speech('en', chance), ru: speech('ru', chance) },
      cast,
      customers: await makeCustomers(db, client, Math.min(20_000, Math.max(20, conversations)), chance, now),
      tags: await makeTags(db, now),
      files: await keepFiles(house, now),
      now,
      nextItem: () => 0,
      nextSeq: await backwards(db),
    }
    // While PostgreSQL takes a chunk in, the next one is made: two processors where there are two.
    let writing = Promise.resolve()
    const span = Math.min(days(1000), days(20) + conversations * 400_000)
    for (let done = 0; done < conversations; done += chunk) {
      const width = Math.min(chunk, conversations - done)
      const into = tables()
      making.nextItem = await items(db, width * 60)
      for (let i = done; i < done + width; i += 1) {
        const age = 1 - (i + 1) / conversations
        const startedAt = after(now, -Math.floor(span * age + chance.next() * days(1)) - 60_000)
        makeConversation(first + i, startedAt, age, making, into)
        if (i % 50 === 0) await turn()
      }
      await writing
      writing = writeChunk(client, into)
      writing.catch(() => {})
      onProgress?.(`${done + width} of ${conversations} conversations`)
    }
    await writing
    await foldCounts(db, 1)
    await gatherFacts(db, first)
    onProgress?.('making the search index')
    await indexSince(db, first)
    onProgress?.('gathering statistics')
    await client.query('vacuum analyze')
  } finally {
    client.release()
  }
}

/** Parents first; all of a chunk or nothing. */
async function writeChunk(client: pg.PoolClient, into: ReturnType<typeof tables>): Promise<void> {
  await client.query('begin')
  try {
    await into.conversations.write(client)
    await into.messages.write(client)
    await into.comments.write(client)
    await into.events.write(client)
    await into.handoffs.write(client)
    await into.tags.write(client)
    await into.attachments.write(client)
    const sent = await into.deliveries.write(client)
    const received = await into.ledger.write(client)
    await client.query(
      `insert into door_counts (door, shard, received) values ('demo', 0, $1)
       on conflict (door, shard) do update set received = door_counts.received + excluded.received`,
      [received],
    )
    await client.query(
      `insert into delivery_counts (shard, total) values (0, $1)
       on conflict (shard) do update set total = delivery_counts.total + excluded.total`,
      [sent],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** A run of ids nobody else gets. Writers take an id only while they hold the table's lock, so none is under way. */
async function reserve(db: Db, table: 'conversations' | 'customers', count: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx)
    const sequence = sql`pg_get_serial_sequence(${table}, 'id')`
    const { rows } = await sql<{ first: string }>`select nextval(${sequence}) as first`.execute(tx)
    const first = Number(rows[0]!.first)
    await sql`select setval(${sequence}, ${first + count - 1})`.execute(tx)
    return first
  })
}

async function items(db: Db, count: number): Promise<() => number> {
  return db.transaction().execute(async (tx) => {
    await sql`lock table messages, comments, events in exclusive mode`.execute(tx)
    const { rows } = await sql<{ first: string }>`select nextval('item_ids') as first`.execute(tx)
    let next = Number(rows[0]!.first)
    const last = next + count - 1
    await sql`select setval('item_ids', ${last})`.execute(tx)
    return () => {
      if (next > last) throw new Error('more items than reserved')
      return next++
    }
  })
}

/** Places before the beginning of the stream: -1, -2 … */
async function backwards(db: Db): Promise<() => number> {
  const { rows } = await sql<{ least: string | null }>`select min(seq) as least from events`.execute(db)
  let seq = Math.min(0, Number(rows[0]!.least ?? 0))
  return () => --seq
}

async function makeCustomers(
  db: Db,
  client: pg.PoolClient,
  count: number,
  chance: Chance,
  now: Date,
): Promise<Customer[]> {
  const first = await reserve(db, 'customers', count)
  const customers = new Rows('customers', 'id name language created_at')
  const identities = new Rows('customer_identities', 'customer kind value verified_at created_at')
  const made = Array.from({ length: count }, (_, i) => ({ id: first + i, ...somebody(first + i, chance) }))
  for (const { id, name, tongue, address, phone } of made) {
    customers.add(id, name, tongue, now)
    identities.add(id, 'mail', address, now, now)
    if (phone) identities.add(id, 'phone', phone, null, now)
  }
  await customers.write(client)
  await identities.write(client)
  return made
}

async function makeTags(db: Db, now: Date): Promise<string[]> {
  for (const name of tagNames)
    await sql`insert into tags (name, created_at) values (${name}, ${now}) on conflict do nothing`.execute(db)
  const rows = await db.selectFrom('tags').select('id').where('name', 'in', tagNames).execute()
  return rows.map((row) => row.id)
}

/** A few small files that many messages carry. */
async function keepFiles({ db, files }: House, now: Date) {
  const made = [
    {
      name: 'invoice.txt',
      type: 'text/plain',
      bytes: Buffer.from('Invoice 2041\n\nOne lamp, green: 49.00\n'),
    },
    { name: 'отзыв.txt', type: 'text/plain', bytes: Buffer.from('Лампа пришла целой, спасибо.\n') },
    {
      name: 'lamp.svg',
      type: 'image/svg+xml',
      bytes: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><circle cx="40" cy="40" r="30" fill="#2a7"/></svg>',
      ),
    },
  ]
  return Promise.all(
    made.map(async ({ name, type, bytes }) => {
      const sha256 = await files.keep(bytes)
      await sql`insert into files (sha256, size, stored_at) values (${sha256}, ${bytes.length}, ${now}) on conflict do nothing`.execute(
        db,
      )
      return { name, type, sha256, size: bytes.length }
    }),
  )
}
