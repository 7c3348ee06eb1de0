import * as ledger from '#features/ledger/ledger.ts'
import type { Db } from '#platform/db/db.ts'

interface Waiting {
  arrivals: ledger.Arrival[]
  resolve(kept: ledger.Kept[]): void
  reject(error: unknown): void
}

/** How many commits may be under way; what arrives meanwhile shares the next one. */
const most = 2
/** So many waiting make a second commit worth while beside the first. */
const crowd = 16
const batch = 100

/**
 * Keeps arrivals, several in one commit when they come together: a busy door waits for the disk once for many.
 * Each caller is answered only after the commit that holds his own.
 */
export function openKeeper(db: Db): { keep(arrivals: ledger.Arrival[]): Promise<ledger.Kept[]> } {
  const waiting: Waiting[] = []
  let running = 0

  async function commit(group: Waiting[]) {
    try {
      const kept = await ledger.keep(
        db,
        group.flatMap((one) => one.arrivals),
      )
      for (const one of group) one.resolve(kept.splice(0, one.arrivals.length))
    } catch (error) {
      // One that cannot be kept (its inbox is gone) must not take the others with it.
      if (group.length === 1) return group[0]!.reject(error)
      for (const one of group) await commit([one])
    }
  }
  async function run() {
    running += 1
    while (waiting.length > 0) await commit(waiting.splice(0, batch))
    running -= 1
  }
  return {
    keep(arrivals) {
      const { promise, resolve, reject } = Promise.withResolvers<ledger.Kept[]>()
      waiting.push({ arrivals, resolve, reject })
      if (running === 0 || (running < most && waiting.length >= crowd)) void run()
      return promise
    },
  }
}
