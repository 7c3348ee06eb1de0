// Mails that come at once share transactions; none of them may feel the others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { sums } from '#features/ledger/ledger.ts'
import { startDesk } from '#test/desk.ts'
import type { AtTheDoor } from './receiver.ts'

const { desk, house, inbox } = await startDesk()
const mail = (from: string, subject: string): AtTheDoor => ({
  door: 'smtp',
  channel: null,
  kind: null,
  inboxes: [inbox],
  sourceKey: null,
  raw: Buffer.from(
    `From: <${from}>\r\nTo: support@example.com\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@example.org>\r\n\r\nWords`,
  ),
  envelopeFrom: from,
  envelopeTo: ['support@example.com'],
  mode: 'live',
  remote: null,
})
async function receive(mails: AtTheDoor[]) {
  const receipts = await Promise.all(mails.map((one) => desk.receiver.receive(one)))
  return Promise.all(receipts.flat().map((receipt) => receipt.settled))
}

test('one that the database refuses is tried again later; those beside it are taken in', async () => {
  await sql`create function refuse_poison() returns trigger language plpgsql as $$
    begin if new.subject like 'Poison%' then raise exception 'poison'; end if; return new; end $$`.execute(
    house.db,
  )
  await sql`create trigger poison before insert on messages for each row execute function refuse_poison()`.execute(
    house.db,
  )
  const mails = Array.from({ length: 30 }, (_, n) =>
    mail(`c${n}@example.org`, n % 10 === 5 ? `Poison ${n}` : `Mail ${n}`),
  )
  const outcomes = (await receive(mails)).map((settled) => settled?.outcome)
  assert.deepEqual(
    outcomes,
    mails.map((_, n) => (n % 10 === 5 ? 'failed' : 'started')),
  )
  const { started, failed, difference } = (await sums(house.db)).received
  assert.deepEqual({ started, failed, difference }, { started: 27, failed: 3, difference: 0 })
})

test('several first mails of one person that come at once are several conversations of one customer', async () => {
  const settled = await receive(Array.from({ length: 12 }, (_, n) => mail('new@example.net', `First ${n}`)))
  const conversations = settled.map((one) => one?.conversation ?? '0')
  assert.equal(new Set(conversations).size, 12)
  const rows = await house.db
    .selectFrom('conversations')
    .select('customer')
    .distinct()
    .where('id', 'in', conversations)
    .execute()
  assert.equal(rows.length, 1)
})
