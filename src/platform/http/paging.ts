import { refuse } from '../errors/refuse.ts'

/** Cursors are opaque to callers: base64url of JSON. They name the last row seen, so insertions shift nothing. */
export const encodeCursor = (values: unknown[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/**
 * @param length how many values the list's cursor has; anything else is 400 `malformed`
 * @param patterns what each of them must look like: a cursor made by hand must not reach a cast in SQL
 */
export function decodeCursor(cursor: string, length: number, patterns: RegExp[] = []): string[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => value === null || typeof value === 'string') &&
      patterns.every((pattern, at) => pattern.test(values[at]))
    )
      return values
  } catch {
    // refused below
  }
  return refuse('malformed')
}

/** A page out of `limit + 1` rows asked for. */
export function page<Row, Out>(
  rows: Row[],
  limit: number,
  show: (row: Row) => Out,
  cursorOf: (row: Row) => unknown[],
) {
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(show),
    nextCursor: rows.length > limit ? encodeCursor(cursorOf(shown.at(-1)!)) : null,
  }
}
