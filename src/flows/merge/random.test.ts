// Whatever is merged, taken apart, written and answered in whatever order: every message stands in exactly one
// conversation, and in the right one. Compared with a model that knows of nothing but trees.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Conversation, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { type Problem, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'

const testDesk = await startDesk()
const { admin, house } = testDesk

interface Known {
  number: number
  /** Message-ID of its first mail */
  messageId: string
  into: Known | null
}
type Step =
  | { do: 'merge'; from: number; into: number }
  | { do: 'undo'; from: number }
  | { do: 'write'; from: number }
  | { do: 'comment'; from: number }
  | { do: 'tag'; from: number }

const n = fc.nat({ max: 3 })
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('merge' as const), from: n, into: n }),
    fc.record({ do: fc.constant('undo' as const), from: n }),
    fc.record({ do: fc.constant('write' as const), from: n }),
    fc.record({ do: fc.constant('comment' as const), from: n }),
    fc.record({ do: fc.constant('tag' as const), from: n }),
  ),
  { minLength: 4, maxLength: 14 },
)

let serial = 0
async function write(text: string, more: object = {}) {
  serial += 1
  const messageId = `<r${serial}@lund.example>`
  const from = 'Kim <kim@lund.example>'
  return mailIn(testDesk, { from, subject: `Matter ${serial}`, messageId, text, ...more })
}
const rootOf = (one: Known): Known => (one.into ? rootOf(one.into) : one)
const isUnder = (one: Known, other: Known): boolean =>
  one === other || (one.into !== null && isUnder(one.into, other))

test('random merges, undos and messages end where the model says', async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(steps, async (plan: Step[]) => {
      round += 1
      const all: Known[] = []
      /** where each text belongs for good: by which conversation it came in; and its tags put by hand */
      const home = new Map<string, Known>()
      for (let i = 0; i < 4; i++) {
        const text = `w${round}-${i}`
        const one = { ...(await write(text)), into: null }
        all.push(one)
        home.set(text, one)
      }
      for (const [at, step] of plan.entries()) {
        const from = all[step.from]!
        const text = `x${round}-${at}`
        if (step.do === 'merge') {
          const into = all[step.into]!
          const fine = from.into === null && rootOf(into) !== from
          const { status } = await admin.post<Conversation & Problem>(`/conversations/${from.number}/merge`, {
            into: into.number,
          })
          assert.equal(status === 200, fine, `merge answered ${status}`)
          if (fine) from.into = rootOf(into)
        } else if (step.do === 'undo') {
          assert.equal((await admin.delete(`/conversations/${from.number}/merge`)).status, 200)
          from.into = null
        } else if (step.do === 'write') {
          const { number } = await write(text, { inReplyTo: from.messageId })
          assert.equal(number, rootOf(from).number)
          home.set(text, from)
        } else if (step.do === 'comment') {
          const root = rootOf(from)
          const { status } = await admin.post(`/conversations/${root.number}/comments`, { text })
          assert.equal(status, 201)
          // Written where it all stands: it belongs to that one.
          home.set(text, root)
        } else await admin.put(`/conversations/${rootOf(from).number}/tags/T${at}`, {})
        for (const one of all) {
          const { body } = await admin.get<OpenedConversation>(`/conversations/${one.number}`)
          assert.equal(body.mergedInto, one.into?.number ?? null)
          const texts = body.items.flatMap((item) => (item.type === 'event' ? [] : [item.text.trim()]))
          const mine = [...home]
            .filter(([, its]) => one.into === null && isUnder(its, one))
            .map(([words]) => words)
          assert.deepEqual(texts.toSorted(), mine.toSorted(), `#${one.number} after ${JSON.stringify(step)}`)
          const times = body.items.map((item) => Date.parse(item.at))
          assert.deepEqual(
            times,
            times.toSorted((a, b) => a - b),
            'in order of time',
          )
          const origins = body.items.flatMap((item) =>
            item.type === 'event' ? [] : [[item.text.trim(), item.origin] as const],
          )
          for (const [words, origin] of origins) {
            const its = home.get(words)!
            assert.equal(origin, its === one ? null : its.number)
          }
        }
      }
      // Taken apart altogether nothing is left of it.
      for (const one of all) await admin.delete(`/conversations/${one.number}/merge`)
      for (const one of all) {
        one.into = null
        const { body } = await admin.get<OpenedConversation>(`/conversations/${one.number}`)
        const texts = body.items.flatMap((item) => (item.type === 'event' ? [] : [item.text.trim()]))
        const mine = [...home].filter(([, its]) => its === one).map(([words]) => words)
        assert.deepEqual(texts.toSorted(), mine.toSorted())
        assert.deepEqual(body.merged, [])
      }
      const held = await house.db
        .selectFrom('handoffs')
        .select('conversation')
        .where('ended_at', 'is', null)
        .where(
          'conversation',
          'in',
          all.map(({ number }) => String(number)),
        )
        .execute()
      assert.equal(held.length, 4, 'each is held once')
    }),
    { numRuns: 10 },
  )
})
