import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/database.ts'
import { append, system } from './events.ts'
import { type Follower, followOnce } from './follow.ts'
import { sequence } from './sequencer.ts'

test('a follower that fails sees the same events again, and none of its effects stayed', async () => {
  const db = await testDatabase()
  for (const kind of ['a', 'b', 'c']) await append(db, { at: new Date(), kind, actor: system })
  await sequence(db)
  const seen: string[] = []
  let broken = true
  const follower: Follower = {
    from: 'beginning',
    async react(tx, events) {
      await tx
        .insertInto('settings')
        .values({ key: `seen ${events.length}`, value: '1' })
        .execute()
      if (broken) throw new Error('broken')
      seen.push(...events.map((event) => event.kind))
    },
  }
  await assert.rejects(followOnce(db, 'test', follower), /broken/)
  assert.equal((await db.selectFrom('settings').select('key').execute()).length, 0)
  broken = false
  assert.equal(await followOnce(db, 'test', follower), 3)
  assert.equal(await followOnce(db, 'test', follower), 0)
  assert.deepEqual(seen, ['a', 'b', 'c'])
})
