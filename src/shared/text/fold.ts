import { attribution, isForwardMark, isForwardSubject } from './history-marks.ts'
import { historyStart } from './history-start.ts'
import { type Line, linesOf, type Span } from './lines.ts'
import { quoteSpans } from './quote-spans.ts'
import { signatureSpans } from './signature-spans.ts'

/** A stretch of a text to show folded: history the reader knows, or a signature. Offsets in UTF-16 units. */
export interface Fold {
  from: number
  to: number
  kind: 'quote' | 'signature'
}

export interface FoldedLines extends Span {
  kind: Fold['kind']
}

/** A text with more quotes than this is no answer to a mail. */
const maxQuotes = 200

/**
 * Where the history and the signature of a mail's text stand. Answers between quoted lines are never inside
 * a fold; when unsure nothing is folded, and never the whole text. `subject` tells forwarded mail.
 */
export function fold(text: string, { subject = '' }: { subject?: string } = {}): Fold[] {
  const lines = linesOf(text)
  const folds = foldLines(lines, subject).map(({ first, end, kind }) => ({
    from: lines[first]!.from,
    to: lines[end - 1]!.to,
    kind,
  }))
  return wordsOutside(text, folds) ? folds : []
}

/** The same for lines from anywhere (an HTML mail's too), in their order; whether words are left is not asked here. */
export function foldLines(lines: Line[], subject: string): FoldedLines[] {
  const forward =
    isForwardSubject(subject) ||
    lines.some((line, at) => isForwardMark(line.text) && !isInsideQuote(lines, at))
  const tail = forward ? lines.length : historyStart(lines)
  const quotes = quoteSpans(lines, tail)
  if (quotes.length > maxQuotes) return []
  const folds: Span[] = forward ? [] : foldable(lines, quotes, tail)
  if (tail < lines.length) folds.push({ first: tail, end: lines.length })
  const signatures = signatureSpans(lines, quotes, tail)
  return [
    ...folds.map((span) => ({ ...span, kind: 'quote' as const })),
    ...signatures.map((span) => ({ ...span, kind: 'signature' as const })),
  ].sort((a, b) => a.first - b.first)
}

/** Apple Mail quotes what it forwards, the mark first; a mark further down belongs to the history. */
function isInsideQuote(lines: Line[], at: number): boolean {
  if (!lines[at]!.quoted) return false
  let above = at - 1
  while (above >= 0 && (lines[above]!.blank || /^[\s>]*$/.test(lines[above]!.text))) above--
  return (
    above >= 0 &&
    (lines[above]!.quoted || attribution(lines[above]!.text) !== null || /[:：]\s*$/.test(lines[above]!.text))
  )
}

/** Folding everything would hide the mail. */
function wordsOutside(text: string, folds: Fold[]): boolean {
  return folds.length > 0 && /[\p{L}\p{N}\p{S}]/u.test(without(text, folds))
}

/** The folds that end the text as one stretch, where one is all that can be kept; else the first fold. */
export function foldedEnd(
  text: string,
  options: { subject?: string } = {},
): { from: number; to: number } | null {
  const folds = fold(text, options)
  const last = folds.at(-1)
  if (!last) return null
  if (text.slice(last.to).trim() !== '') return { from: folds[0]!.from, to: folds[0]!.to }
  let from = last.from
  for (const before of folds.slice(0, -1).reverse())
    if (text.slice(before.to, from).trim() === '') from = before.from
  return { from, to: last.to }
}

/** The text without its folds. */
export function without(text: string, folds: Fold[]): string {
  let kept = ''
  let done = 0
  for (const { from, to } of [...folds].sort((a, b) => a.from - b.from)) {
    kept += text.slice(done, Math.max(done, from))
    done = Math.max(done, to)
  }
  return kept + text.slice(done)
}

/** Quotes after the last own words, and one before the first when the answer stands below it. */
function foldable(lines: Line[], quotes: Span[], end: number): Span[] {
  const own = ownLines(lines, quotes, end)
  if (own.length === 0) return []
  const [first, last] = [own[0]!, own.at(-1)!]
  const after = quotes.filter((span) => span.first > last)
  const before = quotes.filter((span) => span.end <= first)
  const between = quotes.length - after.length - before.length
  if (between === 0 && before.length === 1) return [...before, ...after]
  const introduced = quotes.some((span) => !lines[span.first]!.quoted)
  return introduced || after.length === quotes.length ? after : []
}

/** Lines with words of the sender: not quoted, not introducing, not the signature. */
function ownLines(lines: Line[], quotes: Span[], end: number): number[] {
  const skip = new Set<number>()
  for (const { first, end: stop } of [...quotes, ...signatureSpans(lines, quotes, end)])
    for (let at = first; at < stop; at++) skip.add(at)
  const own: number[] = []
  for (let at = 0; at < end; at++)
    if (!skip.has(at) && /[\p{L}\p{N}\p{S}]/u.test(lines[at]!.text)) own.push(at)
  return own
}
