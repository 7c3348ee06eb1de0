// Everything that happens later is a row with a due time. One loop looks every second, by our clock, whether
// something is due; each source finds its rows by a partial index and claims them with SKIP LOCKED, so any number
// of processes may run it.
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../clock/clock.ts'
import type { Log } from '../log/log.ts'

/** Does what is due by `now`; @returns how many rows it worked on, so that a caller knows when all is done */
export interface DueSource {
  (now: Date): Promise<number>
  /** ends what it has under way beside the loop */
  close?(): Promise<void>
}

export interface Due {
  /** Works until nothing is due any more (the test clock waits for it). */
  settle(): Promise<void>
  close(): Promise<void>
}

export function startDue(sources: Record<string, DueSource>, clock: Clock, log: Log, period = 1000): Due {
  const stopping = new AbortController()
  const runOnce = async () => {
    let n = 0
    for (const [name, source] of Object.entries(sources)) {
      try {
        n += await source(clock.now())
      } catch (error) {
        if (!stopping.signal.aborted) log.error('due', { source: name, error })
      }
    }
    return n
  }
  let turn: Promise<unknown> = Promise.resolve()
  // One at a time in this process: the loop and settle() take turns.
  const inTurn = () => {
    const next = turn.then(runOnce)
    turn = next.catch(() => {})
    return next
  }
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await inTurn()
      await wait(period, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    async settle() {
      while ((await inTurn()) > 0);
    },
    async close() {
      stopping.abort()
      await loop
      await Promise.all(Object.values(sources).map((source) => source.close?.()))
    },
  }
}
