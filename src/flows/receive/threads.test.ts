// However the mails of a thread arrive, in whatever order and however many at once, they end in one conversation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { startDesk } from '#test/desk.ts'
import type { AtTheDoor } from './receiver.ts'

const { desk, house, inbox } = await startDesk()
const people = ['anna@example.org', 'boris@example.org', 'clara@example.org']

interface Letter {
  thread: string
  raw: string
}
/** A thread in which everybody answers to all; References grow as mail programs make them. */
function thread(name: string, writers: number[]): Letter[] {
  const ids = writers.map((_, i) => `<${name}-${i}@example.org>`)
  return writers.map((writer, i) => {
    const from = people[writer]!
    const others = people.filter((one) => one !== from)
    const raw = [
      `From: <${from}>`,
      `To: support@example.com, ${others.join(', ')}`,
      `Subject: ${i === 0 ? name : `Re: ${name}`}`,
      `Message-ID: ${ids[i]}`,
      ...(i > 0 ? [`In-Reply-To: ${ids[i - 1]}`, `References: ${ids.slice(0, i).join(' ')}`] : []),
      `Date: Mon, 02 Mar 2026 10:${String(i).padStart(2, '0')}:00 +0000`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Words ${i} of ${name}`,
    ].join('\r\n')
    return { thread: name, raw }
  })
}
const atTheDoor = ({ raw }: Letter): AtTheDoor => ({
  door: 'smtp',
  channel: null,
  kind: null,
  inboxes: [inbox],
  sourceKey: null,
  raw: Buffer.from(raw),
  envelopeFrom: 'x@example.org',
  envelopeTo: ['support@example.com'],
  mode: 'live',
  remote: null,
})

let run = 0
test('a thread delivered in any order, many mails at once, is one conversation with every mail in it', async () => {
  const threads = fc.array(fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 7 }), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(threads, fc.infiniteStream(fc.nat()), async (shapes, dice) => {
      run += 1
      const letters = shapes.flatMap((writers, i) => thread(`t${run}-${i}`, writers))
      const shuffled = letters
        .map((letter) => ({ letter, at: dice.next().value }))
        .sort((a, b) => a.at - b.at)
      const receipts = await Promise.all(
        shuffled.map(({ letter }) => desk.receiver.receive(atTheDoor(letter))),
      )
      const settled = await Promise.all(receipts.flat().map((receipt) => receipt.settled))
      const homes = new Map<string, Set<string | null>>()
      for (const [i, { letter }] of shuffled.entries())
        homes.set(letter.thread, (homes.get(letter.thread) ?? new Set()).add(settled[i]!.conversation))
      for (const [name, conversations] of homes) assert.equal(conversations.size, 1, `${name} was split`)
      const all = [...homes.values()].map((one) => [...one][0])
      assert.equal(new Set(all).size, all.length, 'two threads were put together')
    }),
    { numRuns: 40 },
  )
  const failed = await house.db
    .selectFrom('ledger')
    .select(['id', 'reason'])
    .where('outcome', 'in', ['failed', 'quarantined'])
    .execute()
  assert.deepEqual(failed, [])
})
