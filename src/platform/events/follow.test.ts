import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/database.ts'
import { append, system } from './events.ts'
import { type Follower, followOnce, startFollowing } from './follow.ts'
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

test('one that fails holds up nobody, and who has nothing to do is moved on too', async () => {
  const db = await testDatabase()
  for (const kind of ['a', 'b', 'c']) await append(db, { at: new Date(), kind, actor: system })
  await sequence(db)
  const seen: string[] = []
  const failures: string[] = []
  const following = startFollowing(
    db,
    {
      broken: { from: 'beginning', react: () => Promise.reject(new Error('broken')) },
      fine: {
        from: 'beginning',
        wants: ({ kind }) => kind !== 'b',
        react: async (_, events) => void seen.push(...events.map(({ kind }) => kind)),
      },
      idle: { from: 'beginning', kinds: ['d'], react: () => Promise.reject(new Error('never asked')) },
      late: { from: 'now', react: () => Promise.reject(new Error('never asked')) },
    },
    { onError: (name) => void failures.push(name) },
  )
  await following.settle()
  await following.close()
  assert.deepEqual(seen, ['a', 'c'])
  assert.deepEqual([...new Set(failures)], ['broken'])
  const rows = await db.selectFrom('stream_positions').select(['name', 'seq']).orderBy('name').execute()
  assert.deepEqual(
    rows.map(({ name, seq }) => `${name} ${seq}`),
    ['broken 0', 'fine 3', 'idle 3', 'late 3'],
  )
})

test('however many processes are at it, each event is worked on once, in order', async () => {
  const db = await testDatabase()
  const kinds = Array.from({ length: 60 }, (_, n) => `n${n}`)
  for (const kind of kinds) await append(db, { at: new Date(), kind, actor: system })
  await sequence(db)
  const seen: string[] = []
  const follower: Follower = {
    from: 'beginning',
    batch: 7,
    wants: ({ kind }) => !kind.endsWith('3'),
    react: async (_, events) => void seen.push(...events.map(({ kind }) => kind)),
  }
  const stands = async () =>
    Number((await db.selectFrom('stream_positions').select('seq').executeTakeFirst())?.seq ?? 0)
  while ((await stands()) < kinds.length)
    await Promise.all([1, 2, 3, 4].map(() => followOnce(db, 'test', follower)))
  assert.deepEqual(
    seen,
    kinds.filter((kind) => !kind.endsWith('3')),
  )
})
