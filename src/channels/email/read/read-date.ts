const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const zones: Record<string, number> = {
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  CET: 60,
  CEST: 120,
  MSK: 180,
  MSD: 240,
  JST: 540,
  KST: 540,
}

/** `Mon, 2 Jan 2026 10:11:12 +0800 (…)`, loosely: weekday, seconds and zone may be missing or odd. */
const pattern =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{2,4})\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*(am|pm)?\s*(?:(?:GMT|UTC)?\s*([+-])\s?(\d{1,2}):?(\d{2})|([a-z]{3,4})\b)?/i

/** The moment of a Date header; null when there is no date in it or no year between 1980 and 2100. Without a zone: UTC. */
export function readDate(value: string | undefined): Date | null {
  if (!value) return null
  const match = pattern.exec(value.slice(0, 200))
  const time = match ? fromMatch(match) : fromIso(value)
  if (Number.isNaN(time)) return null
  const date = new Date(time)
  const year = date.getUTCFullYear()
  return year >= 1980 && year < 2100 ? date : null
}

function fromMatch(match: RegExpExecArray): number {
  const month = months.indexOf(match[2]!.toLowerCase())
  const [day, hour, minute, second] = [match[1], match[4], match[5], match[6] ?? '0'].map(Number) as number[]
  if (month < 0 || day! < 1 || day! > 31 || hour! > 24 || minute! > 59 || second! > 60) return Number.NaN
  const twelve = match[7] ? (hour! % 12) + (match[7].toLowerCase() === 'pm' ? 12 : 0) : hour!
  return Date.UTC(fullYear(match[3]!), month, day, twelve, minute! - zoneMinutes(match), second)
}

/** RFC 5322, 4.3: two digits below 50 are this century, three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year
}

function zoneMinutes(match: RegExpExecArray): number {
  const [sign, hours, minutes, name] = [match[8], match[9], match[10], match[11]]
  if (!sign) return zones[name?.toUpperCase() ?? ''] ?? 0
  const offset = Number(hours) * 60 + Number(minutes)
  return Math.abs(offset) > 14 * 60 ? 0 : sign === '-' ? -offset : offset
}

function fromIso(value: string): number {
  const iso = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/.exec(
    value.slice(0, 200),
  )?.[0]
  if (!iso) return Number.NaN
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso.slice(10)) ? iso : `${iso}Z`)
}
