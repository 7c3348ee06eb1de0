import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGroups } from './groups.ts'

interface Piece {
  name: string
  keys: string[]
}
const piece = (name: string, ...keys: string[]): Piece => ({ name, keys })

/** Groups that end only when they are told to. */
function heldBack(options: { width?: number; crowd?: number; most?: number } = {}) {
  const groups: { names: string[]; end(error?: Error): void }[] = []
  const take = openGroups<Piece, string>({
    width: options.width ?? 1,
    crowd: options.crowd ?? 1,
    most: options.most ?? 10,
    keysOf: ({ keys }) => keys,
    work: (pieces) =>
      new Promise((resolve, reject) => {
        const names = pieces.map(({ name }) => name)
        groups.push({ names, end: (error) => (error ? reject(error) : resolve(names)) })
      }),
  })
  /** Ends the group under way; @returns what was in it */
  async function end(error?: Error) {
    const group = groups.shift()!
    group.end(error)
    await new Promise(setImmediate)
    return group.names
  }
  return { take, end, groups }
}

test('what comes while a group is under way goes in the next one, and each gets its own answer', async () => {
  const { take, end } = heldBack()
  const answers = Promise.all(['a', 'b', 'c'].map((name) => take(piece(name, name))))
  assert.deepEqual([await end(), await end()], [['a'], ['b', 'c']])
  assert.deepEqual(await answers, ['a', 'b', 'c'])
})

test('a group holds no more than it may', async () => {
  const { take, end } = heldBack({ most: 2 })
  for (const name of ['a', 'b', 'c', 'd']) void take(piece(name, name))
  assert.deepEqual([await end(), await end(), await end()], [['a'], ['b', 'c'], ['d']])
})

test('those that share a key go one after the other in the order they came, beside whatever else is under way', async () => {
  const { take, end, groups } = heldBack({ width: 2 })
  void take(piece('first', 'x'))
  void take(piece('answer', 'x', 'y'))
  void take(piece('answer to that', 'y'))
  void take(piece('other', 'z'))
  assert.deepEqual(
    groups.map(({ names }) => names),
    [['first'], ['other']],
  )
  await end()
  await end()
  assert.deepEqual([await end(), await end()], [['answer'], ['answer to that']])
})

test('a few wait for the group that is under way, a crowd begins another one', async () => {
  const { take, groups } = heldBack({ width: 2, crowd: 3 })
  for (const name of ['a', 'b', 'c']) void take(piece(name, name))
  assert.equal(groups.length, 1)
  void take(piece('d', 'd'))
  assert.deepEqual(
    groups.map(({ names }) => names),
    [['a'], ['b', 'c', 'd']],
  )
})

test('when a group fails, each of it is tried alone, and only the bad one fails', async () => {
  const tried: string[][] = []
  const take = openGroups<string, string>({
    width: 1,
    crowd: 1,
    most: 10,
    keysOf: (name) => [name],
    async work(names) {
      tried.push(names)
      await new Promise(setImmediate)
      if (names.includes('bad')) throw new Error('bad')
      return names
    },
  })
  const outcomes = await Promise.allSettled(['a', 'b', 'bad', 'c'].map(take))
  assert.deepEqual(
    outcomes.map((one) => one.status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(tried, [['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']])
})
