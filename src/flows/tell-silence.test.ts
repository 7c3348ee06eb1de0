// A channel that fell silent: its administrators hear of it by mail, once for each silence.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Channel } from '#features/connections/connections.contract.ts'
import { lookForSilence } from '#features/connections/connections.ts'
import { after, days } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { tellSilence } from './tell-silence.ts'

const { admin, house, inbox } = await startDesk()
const now = house.clock.now()
const ago = (count: number) => after(now, -days(count))
const told = () =>
  house.db
    .selectFrom('outbox_mails')
    .select('subject')
    .where('system_kind', '=', 'channel_silent')
    .orderBy('id')
    .execute()
const look = (at: Date) => lookForSilence(house.db, at, (tx, silent) => tellSilence(house, tx, silent))

test('two processes that look at once tell a silence once; the next one is told again', async () => {
  const name = '{{inbox}} <b>$t(Chat)'
  const { body: channel } = await admin.post<Channel>('/channels', {
    ...{ kind: 'custom', inbox, name, url: 'http://127.0.0.1:9/' },
  })
  const arrive = (at: Date) =>
    sql`insert into ledger (received_at, door, channel, inbox, sha256, size, outcome)
      values (${at}, 'webhook', ${channel.id}, ${inbox}, ${randomBytes(32)}, 1, 'started')`.execute(house.db)
  for (let day = 12; day < 40; day += 1) await arrive(ago(day))
  const [silent] = await Promise.all([look(now), look(now)])
  assert.deepEqual(
    silent.map(({ since }) => since),
    [ago(12)],
  )
  assert.deepEqual(
    (await told()).map(({ subject }) => subject),
    [`Foyer: no mail through ${name} for unusually long`],
  )
  await look(after(now, days(1)))
  assert.equal((await told()).length, 1, 'the same silence')
  await arrive(after(now, days(1)))
  assert.deepEqual(await look(after(now, days(2))), [])
  await look(after(now, days(40)))
  assert.equal((await told()).length, 2)
})
