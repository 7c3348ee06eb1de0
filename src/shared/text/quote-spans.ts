import { attribution, isOriginalMark } from './history-marks.ts'
import { headerBlockEnd, withRule } from './history-start.ts'
import type { Line, Span } from './lines.ts'

/** Runs of quoted lines before `end`, each with the lines that introduce it. */
export function quoteSpans(lines: Line[], end: number): Span[] {
  const spans: Span[] = []
  for (let at = 0; at < end; at++) {
    if (!lines[at]!.quoted) continue
    let last = at
    for (let next = at; next < end && (lines[next]!.quoted || lines[next]!.blank); next++)
      if (lines[next]!.quoted) last = next
    spans.push({ first: introduction(lines, at, spans.at(-1)?.end ?? 0), end: last + 1 })
    at = last
  }
  return spans
}

/** The first of up to four lines that introduce the quote at `at`. */
function introduction(lines: Line[], at: number, from: number): number {
  let last = at - 1
  while (last >= from && at - last <= 3 && lines[last]!.blank) last--
  if (last < from || lines[last]!.blank) return at
  for (let first = last; first >= from && first > last - 4 && !lines[first]!.blank; first--) {
    const joined = lines.slice(first, last + 1).map((line) => line.text.trim())
    if (attribution(joined.join(' ')) && !attribution(joined.slice(1).join(' ')))
      return widest(lines, first, last, from)
  }
  const mark = headerStart(lines, last, from)
  return mark ?? at
}

/** "On Monday, 2 March 2026, Anna" may stand on lines above "<a@example.com> wrote:", which is enough alone. */
function widest(lines: Line[], first: number, last: number, from: number): number {
  for (let start = Math.max(from, last - 3); start < first; start++) {
    const joined = lines.slice(start, last + 1)
    if (joined.some((line) => line.blank)) continue
    const text = joined.map((line) => line.text.trim()).join(' ')
    if (
      /^(?:on|am|le|el|il|em|op|în|in|pe|den|w dniu|dnia|\d{1,2}[. ])/i.test(text) &&
      /\d/.test(text) &&
      attribution(text) !== null
    )
      return start
  }
  return first
}

/** A mark or header block that stands right above the quote. */
function headerStart(lines: Line[], last: number, from: number): number | null {
  for (let start = last; start >= from && start > last - 10; start--) {
    if (isOriginalMark(lines[start]!.text)) return withRule(lines, start)
    if (headerBlockEnd(lines, start) === last + 1) return withRule(lines, start)
  }
  return null
}
