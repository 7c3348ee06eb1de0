import type { Db } from '../db/db.ts'
import type { Wire } from '../db/listen.ts'
import { newestSeq, readStream, type StreamEvent } from '../events/events.ts'
import { eventsChannel } from '../events/sequencer.ts'

export interface Tail {
  /** The newest seq that was handed out; -1 until the stream has been found. */
  position(): number
  /** Fulfilled when the stream has been found: from then on nothing is missed. */
  started: Promise<void>
  close(): Promise<void>
}

/** Looks up what a batch needs, then answers how to hand it out: without waiting, so that the position is exact. */
export type Prepare = (events: StreamEvent[]) => Promise<() => void>

/**
 * Reads the stream from its present end, once per wake for the whole process, however many want to know.
 * Batches come in order. When `prepare` throws, its batch is tried again at the next wake or after a pause. While
 * nobody wants to know, what happens is passed over unread.
 */
export function tailStream(
  db: Db,
  wire: Wire,
  { prepare, wanted, onError }: { prepare: Prepare; wanted(): boolean; onError: (error: unknown) => void },
): Tail {
  let position = -1
  let closed = false
  let running: Promise<void> | null = null
  let again = false
  let retry: NodeJS.Timeout | undefined
  const start = Promise.withResolvers<void>()

  async function read() {
    if (position < 0) {
      position = await newestSeq(db)
      start.resolve()
    }
    for (;;) {
      const events = await readStream(db, position)
      if (events.length === 0 || closed) return
      const handOut = await prepare(events)
      // In one tick: whoever joins sees either the position before the batch and the batch, or the one after it.
      handOut()
      position = events.at(-1)!.seq
    }
  }
  async function run() {
    do {
      again = false
      try {
        await read()
      } catch (error) {
        if (closed) break
        onError(error)
        clearTimeout(retry)
        retry = setTimeout(wake, 1000)
      }
    } while (again && !closed)
    running = null
  }
  function wake() {
    if (closed) return
    if (running) again = true
    else running = run()
  }
  /** @param newest the last seq that was given */
  function hear(newest: string) {
    if (wanted() || running || position < 0) wake()
    else position = Math.max(position, Number(newest))
  }
  const stopHearing = wire.on(eventsChannel, hear)
  const stopOpening = wire.onOpen(wake)
  return {
    position: () => position,
    started: start.promise,
    async close() {
      closed = true
      clearTimeout(retry)
      stopHearing()
      stopOpening()
      await running
    },
  }
}
