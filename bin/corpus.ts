/**
 * How well mail is read, on collections of real mail that stand outside the project (FOYER_CORPORA names their folder).
 * `npm run corpus [-- word …] [--brief]`: per set how many are read, recognised as bounces, cut right; below each score
 * every deviation. With words: only the scores whose names begin with one of them; `--brief` leaves the deviations out.
 */
import {
  bounceEmail,
  collections,
  falseAlarms,
  flanker,
  flufl,
  folding,
  learnedSpam,
  readable,
  type Score,
  sisimai,
  withoutCorpora,
} from '#test/corpora.ts'
import { mime4jParts, tnefFiles } from '#test/corpora-parts.ts'
import { replies, replySets } from '#test/corpora-replies.ts'

type Scores = Record<string, Score>

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const brief = process.argv.includes('--brief')
let wordsLost = 0

async function cutRight(set: string): Promise<Scores> {
  const found = await replies(set)
  wordsLost += found.wordsLost
  return { 'cut right': found.cut, 'keeps every new word': found.kept }
}

const runs = (): Record<string, () => Promise<Scores>> => ({
  ...Object.fromEntries(
    collections().map((set) => [`read ${set}`, async () => ({ read: await readable(set) })]),
  ),
  'parts mime4j': async () => ({ found: await mime4jParts() }),
  ...Object.fromEntries(
    ['mimekit-tnef', 'tnefparse', 'ytnef'].map((set) => [
      `parts ${set}`,
      async () => ({ found: await tnefFiles(set) }),
    ]),
  ),
  'bounces sisimai-half': sisimai,
  'bounces flufl-bounce': flufl,
  'bounces bounce_email': bounceEmail,
  'bounces flanker': async () => ({ recognised: await flanker() }),
  'ordinary spamassassin-public-sample': async () => ({ 'no false alarm': await falseAlarms() }),
  'spam learned from 50 of each': () => learnedSpam(50),
  'spam learned from half': () => learnedSpam(1000),
  'replies of known programs': async () => ({ 'cut right': await folding() }),
  ...Object.fromEntries(replySets.map((set) => [`replies ${set}`, () => cutRight(set)])),
})

function print(name: string, { right, all, misses }: Score, ms: number): void {
  const share = (Math.floor((1000 * right) / Math.max(1, all)) / 10).toFixed(1)
  console.log(
    `${name.padEnd(58)} ${`${right} of ${all}`.padStart(12)} ${share.padStart(6)} %  ${Math.round(ms)} ms`,
  )
  if (!brief) for (const miss of misses) console.log(`    ${miss}`)
}

if (withoutCorpora) {
  console.error(withoutCorpora)
  process.exit(1)
}
for (const [name, run] of Object.entries(runs())) {
  if (wanted.length > 0 && !wanted.some((word) => name.startsWith(word))) continue
  const start = performance.now()
  const scores = await run()
  const took = performance.now() - start
  for (const [part, score] of Object.entries(scores)) print(`${name}: ${part}`, score, took)
}
console.log(`new words folded away: ${wordsLost}`)
