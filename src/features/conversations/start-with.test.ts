import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '#platform/db/db.ts'
import { testDatabase } from '#test/database.ts'
import { append, type NewMessageRow } from './append.ts'
import { type Beginning, start } from './start.ts'
import { startWith } from './start-with.ts'

const db = await testDatabase()
const now = new Date('2026-03-02T09:00:00Z')
const id = async (row: Promise<{ id: string }>) => (await row).id
const team = await id(
  db.insertInto('teams').values({ name: 'T', created_at: now }).returning('id').executeTakeFirstOrThrow(),
)
const inbox = await id(
  db
    .insertInto('inboxes')
    .values({ name: 'I', address: 'i@example.com', team, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow(),
)
const customer = await id(
  db.insertInto('customers').values({ name: 'C', created_at: now }).returning('id').executeTakeFirstOrThrow(),
)
const actor = { kind: 'customer' as const, id: customer }
const past = new Date('2025-01-01T00:00:00Z')

const beginning: Beginning = {
  at: now,
  actor,
  inbox,
  channel: null,
  customer,
  customerAddress: 'c@example.org',
  subject: 'S',
  team,
  medium: 'mail',
}
const message: NewMessageRow = {
  direction: 'in',
  medium: 'mail',
  channel: null,
  at: now,
  author: { ...actor, name: 'C', address: 'c@example.org' },
  subject: 'S',
  text: 'T',
  html: null,
  from: { name: 'C', address: 'c@example.org' },
  to: [],
  cc: [],
  messageId: 'm@example.org',
  attachments: [],
  preview: 'T',
}

/** Everything a new conversation leaves behind, without what differs by nature: ids. */
async function traces(conversation: string) {
  const of = async (table: 'conversations' | 'messages' | 'events' | 'handoffs', column: string) => {
    const { rows } = await db.executeQuery<Record<string, unknown>>(
      db
        .selectFrom(table)
        .selectAll()
        .where(db.dynamic.ref(column), '=', conversation)
        .orderBy('id')
        .compile(),
    )
    return rows.map(({ id: _id, conversation: _c, item, event, seq: _s, last_item, ...rest }) => ({
      ...rest,
      told: [item, event, last_item].map((one) => (one === undefined ? '' : one === null ? 'null' : 'set')),
    }))
  }
  return {
    conversation: await of('conversations', 'id'),
    messages: await of('messages', 'conversation'),
    events: await of('events', 'conversation'),
    handoffs: await of('handoffs', 'conversation'),
  }
}

for (const [what, from, mail, silent] of [
  ['a customer’s mail', beginning, message, false],
  ['an automatic answer', beginning, { ...message, automatic: 'auto_reply' }, true],
  ['history', { ...beginning, at: past, closedAt: past, lockedAt: past }, { ...message, at: past }, true],
  ['spam', { ...beginning, spam: true }, message, false],
] as const)
  test(`${what} begins a conversation in one statement as it would in many`, async () => {
    const many = await inTransaction(db, async (tx) => {
      const row = await start(tx, from)
      return (await append(tx, row, mail, { now, silent })).conversation
    })
    const one = await inTransaction(
      db,
      async (tx) => (await startWith(tx, [{ beginning: from, message: mail, now, silent }]))[0]!,
    )
    assert.deepEqual(await traces(one.id), await traces(many.id))
    const plain = ({ id: _id, last_item: _l, ...rest }: typeof one) => rest
    const kept = await db
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(plain(one), plain(kept), 'what is answered is what is kept')
  })
