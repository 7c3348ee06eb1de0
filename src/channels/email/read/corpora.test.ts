import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bounceEmail,
  collections,
  falseAlarms,
  flanker,
  flufl,
  folding,
  readable,
  type Score,
  sisimai,
  withoutCorpora,
} from '#test/corpora.ts'
import { mime4jParts, tnefFiles } from '#test/corpora-parts.ts'
import { replies, replySets } from '#test/corpora-replies.ts'

const skip = withoutCorpora
if (skip) console.log(`Reading real mail is not tried: ${skip}.`)

/** `misses` are what the report lists today: one more is a step back. */
function missesAtMost(misses: number, score: Score): void {
  assert.ok(score.all > 0)
  assert.ok(score.misses.length <= misses, `${score.misses.length}: ${score.misses.slice(0, 20).join('\n')}`)
}

test('every file of every collection is read', { skip }, async () => {
  // The largest is read whole below, for false alarms.
  for (const collection of collections().filter((name) => name !== 'spamassassin-public-sample')) {
    const { misses } = await readable(collection)
    assert.deepEqual(
      misses.filter((miss) => !/LimitPassed|More than/.test(miss)),
      [],
      collection,
    )
  }
})

test('what other readers find in a mail is found, winmail.dat is opened', { skip }, async () => {
  missesAtMost(1, await mime4jParts())
  for (const set of ['mimekit-tnef', 'tnefparse', 'ytnef']) missesAtMost(0, await tnefFiles(set))
})

test('bounces of many mail servers are recognised, with the address that failed', { skip }, async () => {
  const { recognised, feedback, address, hardness } = await sisimai()
  missesAtMost(1, recognised)
  missesAtMost(1, feedback)
  missesAtMost(2, address)
  missesAtMost(30, hardness)
  const old = await flufl()
  missesAtMost(0, old.recognised)
  missesAtMost(3, old.recipient)
  missesAtMost(0, await flanker())
})

test('mail that is no bounce or automatic answer is not called one', { skip }, async () => {
  const { bounces, others } = await bounceEmail()
  missesAtMost(0, bounces)
  missesAtMost(0, others)
  missesAtMost(2, await falseAlarms())
})

test('replies of many programs are folded to what they say', { skip }, async () => {
  missesAtMost(0, await folding())
})

/** Replies whose history stays unfolded; new words are folded in none. */
const leftUnfolded: Record<string, number> = {
  'discourse-2020': 1,
  'crisp-email-reply-parser': 5,
  'mail-parser-reply': 2,
  'willdurand-EmailReplyParser': 3,
}
for (const set of replySets)
  test(`the replies of ${set} are cut right, and no new word is hidden`, { skip }, async () => {
    const { cut, kept, wordsLost } = await replies(set)
    missesAtMost(0, kept)
    assert.equal(wordsLost, 0)
    missesAtMost(leftUnfolded[set] ?? 0, cut)
  })
