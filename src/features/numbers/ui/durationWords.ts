const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long, in its two largest units: "3 hr 12 min", "2 days 4 hr", "40 sec". */
export function durationWords(seconds: number, language: string): string {
  const first = units.findIndex(([, size]) => seconds >= size)
  const at = first === -1 ? units.length - 1 : first
  const [name, size] = units[at]!
  const whole = Math.floor(seconds / size)
  const say = (amount: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)
  const next = units[at + 1]
  const rest = next ? Math.floor((seconds - whole * size) / next[1]) : 0
  // Seconds say nothing beside minutes.
  return rest > 0 && next && name !== 'minute'
    ? `${say(whole, name)} ${say(rest, next[0])}`
    : say(whole, name)
}
