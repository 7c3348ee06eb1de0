// A short form of the fault harness; the long one is `npm run test:faults`. And the control: with guards taken out the
// same account must find what is lost, doubled and half-made.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noDovecot } from '../dovecot.ts'
import { type Facts, settleAccount } from './account.ts'
import { storm, tell } from './storm.ts'
import type { Promised } from './traffic.ts'

// The same kills each time: what another seed would find is for the command, which draws one.
const seed = Number(process.env.FOYER_FAULTS_SEED ?? 404182)
if (noDovecot)
  console.log(`skipped: a real IMAP server in the storm (${noDovecot}); the tests' own stands in`)

test('processes killed, PostgreSQL stopped, connections cut: nothing is lost, doubled or half-made', async () => {
  const report = await storm({ seed, mails: 40, kills: 6, pace: [300, 1200], workers: 1 })
  console.log(tell(report))
  const { lost, doubled, halfMade } = report
  assert.deepEqual({ lost, doubled, halfMade }, { lost: [], doubled: [], halfMade: [] }, `seed ${seed}`)
})

test('the control: each guard taken out is seen in the account', async () => {
  const report = await storm({
    seed: 570636,
    mails: 40,
    kills: 1,
    pace: [300, 900],
    workers: 1,
    control: true,
  })
  console.log(tell(report))
  assert.ok(report.lost.length > 0, 'what was acknowledged before it was kept is missed')
  assert.ok(report.doubled.length > 0, 'what came twice is there twice')
})

const nothing: Facts = {
  came: new Map([['a', 1]]),
  wrote: new Map([['r', 1]]),
  sources: new Set(['1']),
  sent: new Map([['r', { state: 'sent', uncertain: 0 }]]),
  copies: new Map([['r', ['<r@x>']]]),
  halves: [],
}
const promised: Promised = {
  mails: [{ marker: 'a', raw: Buffer.alloc(0), from: '', by: ['smtp'], sha256: '1' }],
  replies: ['r'],
}
for (const [what, facts, expected] of [
  ['all is well', nothing, [0, 0, 0]],
  ['a mail is missing', { ...nothing, came: new Map() }, [1, 0, 0]],
  ['a mail is there twice', { ...nothing, came: new Map([['a', 2]]) }, [0, 1, 0]],
  ['its source is another’s', { ...nothing, sources: new Set<string>() }, [0, 0, 1]],
  ['a reply that is called sent never arrived', { ...nothing, copies: new Map() }, [1, 0, 0]],
  ['a reply arrived twice', { ...nothing, copies: new Map([['r', ['1', '1']]]) }, [0, 1, 0]],
  [
    'a reply arrived twice, and its uncertain try is on record',
    {
      ...nothing,
      copies: new Map([['r', ['1', '1']]]),
      sent: new Map([['r', { state: 'failed', uncertain: 2 }]]),
    },
    [0, 0, 0],
  ],
  [
    'a third copy is one too many, record or not',
    {
      ...nothing,
      copies: new Map([['r', ['1', '1', '1']]]),
      sent: new Map([['r', { state: 'failed', uncertain: 2 }]]),
    },
    [0, 1, 0],
  ],
  [
    'a reply is given up though nothing was unclear',
    { ...nothing, sent: new Map([['r', { state: 'failed', uncertain: 0 }]]) },
    [1, 0, 0],
  ],
] as [string, Facts, number[]][])
  test(`the account: ${what}`, () => {
    const { lost, doubled, halfMade } = settleAccount(promised, facts)
    assert.deepEqual(
      [lost, doubled, halfMade].map((list) => list.length),
      expected,
    )
  })
