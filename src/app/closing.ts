import { setTimeout as wait } from 'node:timers/promises'

export type Closing = () => Promise<unknown>

/** What all but the first opened share, ms; the first opened (the embedded database) gets the rest of five seconds. */
const patience = 2000
const patienceOfTheLast = 2800

/** Closes in reverse order of opening. What hangs (a request, a job, a dead connection) is left behind. */
export async function closeInTime(closing: Closing[]): Promise<void> {
  const deadline = performance.now() + patience
  const steps = closing.splice(0).reverse()
  for (const [i, step] of steps.entries()) {
    const rest = Math.max(50, deadline - performance.now())
    await within(i === steps.length - 1 ? rest + patienceOfTheLast : rest, step())
  }
}

async function within(milliseconds: number, step: Promise<unknown>): Promise<void> {
  const done = new AbortController()
  await Promise.race([
    step.catch(() => {}).finally(() => done.abort()),
    wait(milliseconds, undefined, { signal: done.signal }).catch(() => {}),
  ])
}
