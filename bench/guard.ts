// Over 1,000 rounds and two processes: of two simultaneous sends with the same lastSeen exactly one is taken.
//   node bench/guard.ts [rounds]

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloneDatabase } from '../test/database.ts'
import { raceGuard } from '../test/guard-race.ts'

const rounds = Number(process.argv[2] ?? 1000)
const began = performance.now()
test(`${rounds} rounds`, { timeout: 30 * 60_000 }, async () => {
  const { clean, others, wins } = await raceGuard(await cloneDatabase(), rounds)
  const seconds = (performance.now() - began) / 1000
  console.log(
    `${clean} of ${rounds} rounds: one taken, one stale; first process won ${wins[0]}, second ${wins[1]}; ${seconds.toFixed(1)} s`,
  )
  for (const other of others.slice(0, 20)) console.log(other)
  assert.equal(clean, rounds)
})
