import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { ApiError } from '../api/ApiError.ts'
import {
  type Act,
  countDone,
  keepAct,
  onOutcome,
  sendWaiting,
  waitAs,
  waitingActs,
  withdraw,
} from './waiting.ts'

const kept = new Map<string, string>()
Object.defineProperty(globalThis, 'localStorage', {
  value: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  },
})
let people = 0
beforeEach(() => waitAs(`person ${++people}`))

const act = (id: string, more: Partial<Act> = {}): Act => ({
  id,
  kind: 'change',
  method: 'PUT',
  path: `/conversations/7/${id}`,
  conversation: 7,
  ...more,
})
const away = new ApiError(0, {})

test('what was done goes out in its order, and each answer comes to who waits for it', async () => {
  const answers = [keepAct(act('a')), keepAct(act('b')), keepAct(act('c'))]
  const sent: string[] = []
  await sendWaiting(async ({ id }) => {
    sent.push(id)
    return `done ${id}`
  })
  assert.deepEqual(sent, ['a', 'b', 'c'])
  assert.deepEqual(await Promise.all(answers), ['done a', 'done b', 'done c'])
  assert.deepEqual(waitingActs(), [])
})
test('where the server is away again, the rest goes on waiting in its order', async () => {
  void keepAct(act('a'))
  void keepAct(act('b'))
  await sendWaiting(async ({ id }) => {
    if (id === 'b') throw away
  })
  assert.deepEqual(
    waitingActs().map(({ id }) => id),
    ['b'],
  )
})
test('what one did is counted; that something was read is not, and goes out with the rest', () => {
  void keepAct(act('a'))
  void keepAct(act('read'))
  assert.deepEqual([countDone(), waitingActs().length], [1, 2])
})
test('a refusal comes to who waits, and holds up nothing behind it', async () => {
  const refused = assert.rejects(keepAct(act('a')), /locked/)
  const done = keepAct(act('b'))
  await sendWaiting(async ({ id }) => {
    if (id === 'a') throw new ApiError(409, { code: 'conversation_closed', detail: 'It is locked.' })
  })
  await Promise.all([refused, done])
})
test('after a reload the same acts wait, of this person only, and what became of them is told', async (t) => {
  void keepAct(act('a'))
  const mine = `person ${people}`
  waitAs('somebody else')
  assert.deepEqual(waitingActs(), [])
  waitAs(mine)
  assert.equal(waitingActs().length, 1)
  const told: string[] = []
  t.after(onOutcome((outcome) => told.push(outcome.act.id)))
  await sendWaiting(async () => {})
  assert.deepEqual(told, ['a'])
})
test('of a reply only the last wording goes out; what is taken back does not', async () => {
  void keepAct(act('first', { kind: 'reply' }))
  void keepAct(act('second', { kind: 'reply' }))
  void keepAct(act('other', { kind: 'reply', conversation: 8 }))
  assert.equal(withdraw('other'), true)
  assert.equal(withdraw('other'), false)
  const sent: string[] = []
  await sendWaiting(async ({ id }) => sent.push(id))
  assert.deepEqual(sent, ['second'])
})
test('sending twice at once sends each once', async () => {
  void keepAct(act('a'))
  let count = 0
  const send = async () => {
    count += 1
  }
  await Promise.all([sendWaiting(send), sendWaiting(send)])
  assert.equal(count, 1)
})
