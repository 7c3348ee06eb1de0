/** What PostgreSQL can keep of other people's text: no U+0000, and no half of a surrogate pair (its JSON refuses one). */
export const keepable = (text: string, most = Number.POSITIVE_INFINITY): string =>
  text.slice(0, most).replaceAll('\0', '').toWellFormed()

/** The same for every text in what JSON can say. A name that could not be kept as it stands goes with what it names. */
export function keepableValue(value: unknown): unknown {
  if (typeof value === 'string') return keepable(value)
  if (Array.isArray(value)) return value.map(keepableValue)
  if (typeof value !== 'object' || value === null) return value
  const named = Object.entries(value).filter(([name]) => keepable(name) === name)
  return Object.fromEntries(named.map(([name, each]) => [name, keepableValue(each)]))
}
