/** How warm a waiting time looks: calm, then warmer at one hour, four hours and a day. Until there are promises. */
export type Warmth = 0 | 1 | 2 | 3
const hour = 3_600_000

/** @param since when the customer began to wait, ISO 8601 @param now ms since 1970 */
export function warmth(since: string, now: number): Warmth {
  const waited = now - Date.parse(since)
  if (waited < hour) return 0
  if (waited < 4 * hour) return 1
  return waited < 24 * hour ? 2 : 3
}
