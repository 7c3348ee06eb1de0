import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { read } from '#channels/email/read/read.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { type Fold, fold } from '#shared/text/fold.ts'
import { corpora, type Score, Tally } from '#test/corpora.ts'

/** The sets of replies, and which words of each a person would call new: `[words in all, "first-last,…"]`. */
export const replySets = [
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
type Labels = Record<string, [of: number, own: string]>
const labels = (): Labels =>
  JSON.parse(readFileSync(new URL('./corpora-replies.json', import.meta.url), 'utf8')) as Labels

/** What stands in a folder of replies: texts, bodies of HTML, whole mails. */
export const replyFiles = (set: string): string[] =>
  readdirSync(join(corpora, set), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:\.(?:txt|eml|html)|reply_text)$/.test(name) && !/(?:^|\/)_/.test(name))
    .filter((name) => statSync(join(corpora, set, name)).isFile())
    .sort()
    .map((name) => join(set, name))

export async function textOf(file: string): Promise<{ text: string; subject: string }> {
  const raw = readFileSync(join(corpora, file))
  if (file.endsWith('.eml')) return read(new Uint8Array(raw))
  const text = file.endsWith('.html') ? htmlToText(raw.toString()) : raw.toString().replace(/\r\n/g, '\n')
  // A body alone has no subject; that of a forwarded mail says so.
  return { text, subject: /_forward/.test(file) ? 'Fwd: it' : '' }
}

/** Each word, and whether it is seen without unfolding. */
export function seenWords(text: string, folds: Fold[]): { word: string; seen: boolean }[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    word,
    seen: !folds.some(({ from, to }) => index >= from && index < to),
  }))
}

/** `right`: exactly the new words are seen; `lost`: how many mails have new words folded away. */
export async function replies(set: string): Promise<{ cut: Score; kept: Score; wordsLost: number }> {
  const [cut, kept] = [new Tally(), new Tally()]
  let wordsLost = 0
  const table = labels()
  for (const file of replyFiles(set)) {
    const { text, subject } = await textOf(file)
    const words = seenWords(text, fold(text, { subject }))
    const label = table[file]
    if (!label || label[0] !== words.length) {
      cut.count(false, file, label ? `reads as ${words.length} words, labelled ${label[0]}` : 'has no label')
      continue
    }
    const own = isIn(label[1])
    const lost = words.filter(({ seen }, at) => own(at) && !seen)
    const left = words.filter(({ seen }, at) => !own(at) && seen)
    wordsLost += lost.length
    kept.count(lost.length === 0, file, 'hides', sample(lost))
    cut.count(
      lost.length + left.length === 0,
      file,
      lost.length ? `hides ${sample(lost)}` : `leaves ${sample(left)}`,
    )
  }
  return { cut, kept, wordsLost }
}

const sample = (words: { word: string }[]): string =>
  `${words.length} words: ${words
    .slice(0, 8)
    .map(({ word }) => word)
    .join(' ')
    .slice(0, 70)}`

function isIn(ranges: string): (at: number) => boolean {
  const list = ranges
    .split(',')
    .filter(Boolean)
    .map((range) => range.split('-').map(Number) as [number, number?])
  return (at) => list.some(([first, last = first]) => at >= first && at <= last)
}
