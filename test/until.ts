import { setTimeout as wait } from 'node:timers/promises'

/** Waits for a condition, with a deadline that only what is broken reaches, on the slowest machine too; @returns what it answered. */
export async function until<T>(
  condition: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  { within = 30_000, what = 'the condition' } = {},
): Promise<T> {
  const deadline = performance.now() + within
  for (;;) {
    const answer = await condition()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`${what} did not come true within ${within} ms`)
    await wait(20)
  }
}
