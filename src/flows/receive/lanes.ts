import type { Entry } from '#features/ledger/ledger.ts'
import type { Settled } from './receiving.ts'

interface InHand {
  entry: Entry
  raw: Uint8Array | undefined
  done(settled: Settled | null): void
}
export interface Lanes {
  /** whether a message may be held in memory until a lane is free */
  hasRoom(): boolean
  take(entry: Entry, raw: Uint8Array): Promise<Settled | null>
  /** Works through what is due in the ledger as well. @returns messages settled since it was asked last */
  sweep(): number
  rest(): Promise<void>
  close(): Promise<void>
}

/** Messages in hand at the most, and bytes of them held; the rest waits in the ledger. */
const room = 500
const roomBytes = 64 * 1024 * 1024
/** Bytes of the messages that are worked on beside each other; a larger one has the lanes for itself. */
const workBytes = 32 * 1024 * 1024

/** Works on messages, `width` at a time: those just kept, then what is due in the ledger until that is empty. */
export function openLanes({
  width,
  work,
  claim,
  onError,
}: {
  width: number
  work(entry: Entry, raw: Uint8Array | undefined): Promise<Settled | null>
  claim(limit: number): Promise<Entry[]>
  onError(error: unknown): void
}): Lanes {
  const queue: InHand[] = []
  const resting: (() => void)[] = []
  let bytes = 0
  let underWay = 0
  let busy = 0
  let settled = 0
  let hungry = false
  let claiming = false
  let closed = false

  async function next(): Promise<InHand | null> {
    if (queue.length === 0 && hungry && !claiming && !closed) await fill()
    return closed || !fits(queue[0]) ? null : (queue.shift() ?? null)
  }
  const fits = (one?: InHand) => underWay === 0 || underWay + (one?.entry.size ?? 0) <= workBytes
  async function fill() {
    claiming = true
    try {
      const entries = await claim(width * 4)
      if (entries.length < width * 4) hungry = false
      for (const entry of entries) queue.push({ entry, raw: undefined, done() {} })
    } catch (error) {
      hungry = false
      onError(error)
    }
    claiming = false
    wake()
  }
  async function lane() {
    busy += 1
    for (let one = await next(); one; one = await next()) {
      underWay += one.entry.size
      try {
        one.done(await work(one.entry, one.raw))
      } catch (error) {
        // Not even the failure could be noted (database away): the ledger has it due again.
        onError(error)
        one.done(null)
      }
      bytes -= one.raw?.length ?? 0
      underWay -= one.entry.size
      settled += 1
      if (queue.length > 0) wake()
    }
    busy -= 1
    if (busy === 0) for (const resolve of resting.splice(0)) resolve()
  }
  function wake() {
    const wanted = Math.min(width, busy + queue.length + (hungry ? 1 : 0))
    for (let n = busy; n < wanted; n += 1) void lane()
  }
  const rest = () => (busy === 0 ? Promise.resolve() : new Promise<void>((resolve) => resting.push(resolve)))
  return {
    hasRoom: () => queue.length < room && bytes < roomBytes,
    take(entry, raw) {
      const { promise, resolve } = Promise.withResolvers<Settled | null>()
      bytes += raw.length
      queue.push({ entry, raw, done: resolve })
      wake()
      return promise
    },
    sweep() {
      hungry = true
      wake()
      const n = settled
      settled = 0
      return n
    },
    rest,
    async close() {
      closed = true
      await rest()
    },
  }
}
