// Everything that happens later is a row with a due time. One loop looks every second, by our clock, whether
// something is due; each source finds its rows by a partial index and claims them with SKIP LOCKED, so any number
// of processes may run it.
import { setTimeout as wait } from 'node:timers/promises'
import type { RawBuilder } from 'kysely'
import type { Clock } from '../clock/clock.ts'
import type { Log } from '../log/log.ts'

/** Does what is due by `now`; @returns how many rows it worked on, so that a caller knows when all is done */
export interface DueSource {
  (now: Date): Promise<number>
  /** ends what it has under way beside the loop */
  close?(): Promise<void>
}

/** The rows of one kind that wait for their time, for whoever asks what is pending and what comes next. */
export interface DueRows {
  /** the table */
  from: RawBuilder<unknown>
  /** the rows of it that wait at all */
  where: RawBuilder<boolean>
  /** the column with the time */
  at: RawBuilder<unknown>
  /** a row is due so long after its time; milliseconds */
  delay?(): Promise<number>
  /** so finely a test clock stops for it on its way; milliseconds. What is due by its target is done in any case */
  grain?: number
  /** rows that a process has in hand until their time, which is the end of its lease */
  inHand?: RawBuilder<boolean>
}

/** Something that happens later: who does it, and which rows wait for it (null: housekeeping nobody waits for). */
export interface DueKind {
  work: DueSource
  rows: DueRows | null
}

export interface Due {
  /** Works until nothing is due any more (the test clock waits for it). */
  settle(): Promise<void>
  close(): Promise<void>
}

export function startDue(
  kinds: Record<string, Pick<DueKind, 'work'>>,
  clock: Clock,
  log: Log,
  period = 1000,
): Due {
  const stopping = new AbortController()
  const runOnce = async () => {
    let n = 0
    for (const [name, { work }] of Object.entries(kinds)) {
      try {
        n += await work(clock.now())
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
      await Promise.all(Object.values(kinds).map(({ work }) => work.close?.()))
    },
  }
}
