import { isDeviceLine } from './history-marks.ts'
import type { Line, Span } from './lines.ts'

/** Lines; longer ones are no signature. */
const maxSignature = 15

/** `-- ` and what follows up to the history or the end; the line of a phone or program. */
export function signatureSpans(lines: Line[], quotes: Span[], end: number): Span[] {
  const stops = [...quotes.map((span) => span.first), end].sort((a, b) => a - b)
  const spans: Span[] = []
  let from = 0
  for (const stop of stops) {
    const span = signatureIn(lines, from, stop)
    if (span) spans.push(span)
    from = quotes.find((quote) => quote.first === stop)?.end ?? stop
  }
  return spans
}

/** RFC 3676's `-- `, what mobile programs make of it, and the rule above a mailing list's footer. */
const signatureMark = /^\s?(?:--|—|__|_{20,60})\s*$/

function signatureIn(lines: Line[], from: number, stop: number): Span | null {
  let last = stop - 1
  while (last >= from && lines[last]!.blank) last--
  if (last < from) return null
  for (let at = Math.max(from, last - maxSignature); at <= last; at++)
    if (signatureMark.test(lines[at]!.text) && (from > 0 || lines.slice(0, at).some((line) => !line.blank)))
      return { first: at, end: last + 1 }
  for (let at = last; at >= from && at > last - 3; at--)
    if (
      isDeviceLine(lines[at]!.text) &&
      (at === last || lines[at - 1]?.blank !== false) &&
      endsThere(lines, at, last)
    )
      return { first: at, end: last + 1 }
  return null
}

/** Below the line of a phone only its link may follow: a "PS" there is the sender's. */
function endsThere(lines: Line[], at: number, last: number): boolean {
  return lines
    .slice(at + 1, last + 1)
    .every(
      (line) => line.blank || isDeviceLine(line.text) || /^\s*<?https?:\/\/\S{1,300}\s*$/.test(line.text),
    )
}
