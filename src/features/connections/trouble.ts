import { sql } from 'kysely'

/** What went wrong on one of a channel's ways. */
export interface Trouble {
  /** the server's words */
  words: string
  /** which setting is likely wrong, as a text key */
  hint: string | null
}
type Side = 'in' | 'out'

export const withTrouble = (side: Side, { words, hint }: Trouble, at: Date) => ({
  last_error: words.slice(0, 1000),
  last_error_at: at,
  last_error_side: side,
  last_error_hint: hint,
})

/** What works again clears its own side's trouble alone. */
export function withoutTrouble(side: Side) {
  const isOther = sql`last_error_side is distinct from ${side} and last_error_side is not null`
  return {
    last_error: sql<string | null>`case when ${isOther} then last_error end`,
    last_error_at: sql<Date | null>`case when ${isOther} then last_error_at end`,
    last_error_hint: sql<string | null>`case when ${isOther} then last_error_hint end`,
    last_error_side: sql<Side | null>`case when ${isOther} then last_error_side end`,
  }
}
