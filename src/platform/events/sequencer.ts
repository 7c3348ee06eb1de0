// Gives committed events their place in the stream. Identities are taken before the commit, so a reader following
// ids could skip an event whose transaction commits late; `seq` is given only to what is already visible, one batch
// at a time under a lock, so following it never skips.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, lockSpace, onCommit } from '../db/db.ts'

const batch = 2000
/** Batches begin no closer together than this; milliseconds. */
const gather = 20
export const eventsChannel = 'foyer_events'

/** Numbers what is waiting; @returns how many it numbered */
export async function sequence(db: Db): Promise<number> {
  // Not inTransaction(): its commit listeners would wake the sequencer for its own commit, for ever.
  const { rows } = await sql<{ n: string }>`
    select number_events(${batch}, ${lockSpace.sequencer}, ${eventsChannel}) as n`.execute(db)
  return Number(rows[0]!.n)
}

/**
 * Sequences after each commit of this process, and every few seconds what a process that died left unnumbered.
 * Commits that arrive while a batch runs are taken by the next one.
 */
export function startSequencer(
  db: Db,
  { onSequenced, onError }: { onSequenced(): void; onError(error: unknown): void },
): { wake(): void; close(): Promise<void> } {
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  let lastBegan = -Infinity
  async function run() {
    do {
      // One by itself is numbered at once; under load many commits share a batch.
      const pause = lastBegan + gather - performance.now()
      if (pause > 0) await wait(pause)
      again = false
      lastBegan = performance.now()
      try {
        const n = await sequence(db)
        if (n > 0) onSequenced()
        if (n === batch) again = true
      } catch (error) {
        if (!closed) onError(error)
      }
    } while (again && !closed)
    running = null
  }
  const wake = () => {
    if (closed) return
    if (running) again = true
    else running = run()
  }
  const stopListening = onCommit(db, wake)
  const sweep = setInterval(wake, 5000)
  return {
    wake,
    async close() {
      closed = true
      stopListening()
      clearInterval(sweep)
      await running
    },
  }
}
