/**
 * Tries the mail reader on collections of real mail that stand outside the project.
 * `FOYER_CORPORA=/path node bin/corpus.ts [word …] [--show]`: prints the scores whose names begin with one of
 * the words (all without words); `--show` names what misses.
 */
import {
  bounceEmail,
  cleanReplies,
  collections,
  falseAlarms,
  flufl,
  folding,
  readable,
  type Score,
  sisimai,
  withoutCorpora,
} from '#test/corpora.ts'

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const replies = [
  'discourse-2020',
  'talon',
  'crisp-email-reply-parser',
  'github-email_reply_parser',
  'mail-parser-reply',
  'willdurand-EmailReplyParser',
  'zapier-email-reply-parser',
  'quotequail',
  'planer',
]

const scores: Record<string, () => Promise<Score | Record<string, Score>>> = {
  sisimai,
  flufl,
  bounceEmail,
  falseAlarms,
  folding,
  ...Object.fromEntries(replies.map((name) => [`replies ${name}`, () => cleanReplies(name)])),
  ...(withoutCorpora
    ? {}
    : Object.fromEntries(collections().map((name) => [`read ${name}`, () => readable(name)]))),
}

function print(name: string, score: Score, ms: number): void {
  const share = Math.round((1000 * score.right) / Math.max(1, score.all)) / 10
  console.log(`${name}: ${score.right} of ${score.all} (${share} %), ${Math.round(ms)} ms`)
  if (process.argv.includes('--show')) for (const miss of score.misses) console.log(`    ${miss}`)
}

if (withoutCorpora) {
  console.error(withoutCorpora)
  process.exit(1)
}
for (const [name, run] of Object.entries(scores)) {
  if (wanted.length > 0 && !wanted.some((word) => name.startsWith(word))) continue
  const start = performance.now()
  const result = await run()
  const took = performance.now() - start
  if ('misses' in result) print(name, result as Score, took)
  else
    for (const [part, score] of Object.entries(result as Record<string, Score>))
      print(`${name} ${part}`, score, took)
}
