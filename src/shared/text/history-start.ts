import { attribution, headerLabel, isOriginalMark, mayEndAttribution } from './history-marks.ts'
import type { Line } from './lines.ts'

/** The line where unquoted history begins and goes to the end; the number of lines when there is none. */
export function historyStart(lines: Line[]): number {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line.quoted || line.blank) continue
    const body = historyBody(lines, at)
    if (body === null) continue
    const before = lines.slice(0, at)
    if (
      !before.some((one) => !one.blank && !one.quoted) ||
      answersBelow(before) ||
      isOnlyFrame(before) ||
      isInterleaved(lines, body)
    )
      return lines.length
    return withRule(lines, at)
  }
  return lines.length
}

/** The line after the mark or header block that begins at `at`; null when none begins there. */
function historyBody(lines: Line[], at: number): number | null {
  if (isOriginalMark(lines[at]!.text)) return headerBlockEnd(lines, at + 1) ?? at + 1
  const block = headerBlockEnd(lines, at)
  if (block !== null) return block
  for (let count = 1; count <= 4 && at + count <= lines.length; count++) {
    const joined = lines.slice(at, at + count)
    if (joined.some((line) => line.blank || line.quoted)) return null
    if (count > 1 && joined.some((line) => line.text.length > 200)) return null
    if (!mayEndAttribution(joined.at(-1)!.text)) continue
    const found = attribution(joined.map((line) => line.text.trim()).join(' '))
    if (found === 'strong' && !quotedNext(lines, at + count)) return at + count
    if (found) return null
  }
  return null
}

/** From (or the date first), and at least two of date, to and subject, close together. */
export function headerBlockEnd(lines: Line[], at: number): number | null {
  let start = at
  while (start < at + 3 && lines[start]?.blank) start++
  if (!/^(?:from|date)$/.test(headerLabel(lines[start]?.text ?? '') ?? '')) return null
  const seen = new Set<string>()
  let end = start
  for (let next = start; next < Math.min(lines.length, start + 12); next++) {
    const label = headerLabel(lines[next]!.text)
    if (label) {
      seen.add(label)
      end = next + 1
    } else if (lines[next]!.blank && next > end) break
  }
  seen.delete('cc')
  return seen.size >= 3 && seen.has('from') ? end : null
}

function quotedNext(lines: Line[], at: number): boolean {
  let next = at
  while (next < at + 3 && lines[next]?.blank) next++
  return lines[next]?.quoted ?? false
}

/** "See my answers below / in red": they stand in the history, which must then be seen. */
function answersBelow(before: Line[]): boolean {
  const words = before
    .map((line) => line.text)
    .join(' ')
    .slice(-2000)
  return /(?:\b(?:answers?|answered|comments?|commented|repl(?:y|ies|ied)|see|notes?|responses?)\b.{0,40}\b(?:below|inline|in-line|in (?:red|blue|green|bold|caps)|in the text|between the lines)\b|\binline\b|ответ.{0,40}(?:ниже|в тексте|красным|синим)|(?:ниже|внизу|в тексте|красным).{0,30}(?:ответ|коммент)|см\. ниже|смотрите ниже|(?:siehe|s\.) unten|im text|in rot|voir (?:ci-dessous|plus bas)|ci-dessous|en rouge|ver abajo|en rojo|vezi mai jos|mai jos|cu roșu|下記|以下に|インライン|赤字|доор|улаанаар)/i.test(
    words,
  )
}

/** A greeting, "Kind regards" and a name: the answer itself must stand somewhere in the history. */
function isOnlyFrame(before: Line[]): boolean {
  const lines = before.filter((line) => !line.blank).map((line) => line.text.trim().slice(0, 200))
  const closing = lines.findIndex((line) => closings.test(line))
  return closing >= 0 && lines.slice(0, closing).every((line) => line.length < 60 && greetings.test(line))
}
const greetings =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|day|evening)|hallo|guten (?:tag|morgen)|sehr geehrte|liebe|bonjour|bonsoir|ch(?:er|ère)|madame|monsieur|hola|buen[oa]s|estimad[oa]|bun[ăa]|salut|stimat[ăe]|здравствуйте|добрый|доброе|привет|уважаем|сайн|お世話に|こんにちは|.{1,20}様$)/i
const closings =
  /^(?:(?:with )?(?:best|kind|warm)?\s?regards|best wishes|best,|sincerely|yours|с уважением|с наилучшими|mit freundlichen|freundliche gr|viele gr|beste gr|liebe gr|mfg\b|cordialement|bien cordialement|bien à vous|(?:un )?saludos?|atentamente|cu (?:stim[ăa]|respect)|хүндэтгэсэн|よろしくお願い|以上)/i

/** Quoted lines right after the mark with unquoted ones between or after them. */
function isInterleaved(lines: Line[], body: number): boolean {
  const rest = lines.slice(body).filter((line) => !line.blank)
  if (!rest[0]?.quoted) return false
  return rest.some((line) => !line.quoted)
}

/** A line of underscores or dashes above the block belongs to it. */
export function withRule(lines: Line[], at: number): number {
  let start = at
  while (start > 0 && lines[start - 1]!.blank) start--
  return start > 0 && /^\s*[-_*=─━]{4,}\s*$/.test(lines[start - 1]!.text) ? start - 1 : at
}
