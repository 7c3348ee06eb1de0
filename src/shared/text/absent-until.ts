// The day somebody is back, out of the words of his absence note.
const months: Record<string, number> = {}
const names = [
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'januar februar märz april mai juni juli august september oktober november dezember',
]
for (const list of names) for (const [n, name] of list.split(' ').entries()) months[name] = n + 1

/** What announces the day: "until", "back on", "bis", "по", "до" … */
const before =
  /(?:until|till|through|back(?:\s+(?:on|in|at))?|return\w*(?:\s+on)?|bis(?:\s+zum)?|ab|до|по|с)\s+/iu.source
const shapes: [RegExp, (m: RegExpExecArray) => [number | null, number, number]][] = [
  [/(\d{4})-(\d{2})-(\d{2})/, (m) => [Number(m[1]), Number(m[2]), Number(m[3])]],
  [/(\d{1,2})\.(\d{1,2})\.(\d{4})/, (m) => [Number(m[3]), Number(m[2]), Number(m[1])]],
  [
    /(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(\p{L}{3,})\.?(?:,?\s+(\d{4}))?/u,
    (m) => [m[3] ? Number(m[3]) : null, months[m[2]!.toLowerCase()] ?? 0, Number(m[1])],
  ],
  [
    /(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?/u,
    (m) => [m[3] ? Number(m[3]) : null, months[m[1]!.toLowerCase()] ?? 0, Number(m[2])],
  ],
]

/** @returns `2026-12-01`, or null where no day within the next year can be read */
export function absentUntil(words: string, now: Date): string | null {
  const text = words.slice(0, 4000)
  const found: string[] = []
  for (const [shape, read] of shapes)
    for (const m of text.matchAll(new RegExp(`${before}(?:\\p{L}+,?\\s+)?${shape.source}`, 'giu'))) {
      const parts = shape.exec(m[0].replace(new RegExp(`^${before}`, 'iu'), ''))
      const day = parts && dayOf(read(parts), now)
      if (day) found.push(day)
    }
  return found.sort().at(-1) ?? null
}

function dayOf([year, month, day]: [number | null, number, number], now: Date): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const today = now.toISOString().slice(0, 10)
  const of = (y: number) => `${y}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const thisYear = now.getUTCFullYear()
  const date = year ? of(year) : of(thisYear) >= today ? of(thisYear) : of(thisYear + 1)
  return date >= today && date <= `${thisYear + 1}${today.slice(4)}` ? date : null
}
