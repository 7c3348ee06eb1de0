import { Worker } from 'node:worker_threads'
import type { ReadOutcome } from './digest.ts'
import { defaultLimits, type ReadLimits } from './mail.ts'
import type { ReadAnswer, ReadRequest } from './worker.ts'

export interface ReaderOptions {
  /** Threads, started when first needed. */
  threads: number
  limits: ReadLimits
  /** Milliseconds of processor time for one mail; then its thread is ended and the outcome is a passed limit. */
  timeMs: number
  /** The same by the clock, for what waits instead of working; larger, for a busy machine. */
  clockMs: number
  /** Milliseconds after which a mail counts as slow: those that wait behind it get a thread more, one at the most. */
  slowMs: number
  /** Megabytes of JavaScript heap per thread; a mail that needs more ends the thread the same way. */
  memoryMb: number
  /** Milliseconds after which an idle thread is ended to give its memory back (about 30 MB); null keeps it. */
  idleMs: number | null
}

export interface ReaderPool {
  /**
   * Reads one mail in a thread. Never rejects for what the mail holds. `take` lets the pool move the bytes
   * away instead of copying them: the caller's array is empty afterwards.
   */
  read(raw: Uint8Array, how?: { take?: boolean; signal?: AbortSignal }): Promise<ReadOutcome>
  /** Ends the threads; mails under way or waiting get the outcome `broken: closed`. */
  close(): Promise<void>
}

interface Task {
  id: number
  raw: ArrayBuffer
  settle(outcome: ReadOutcome): void
}
interface Thread {
  worker: Worker
  /** Its modules are loaded: from then on a mail's time counts. */
  ready: boolean
  task: Task | null
  timer: NodeJS.Timeout | null
  /** its mail takes long */
  slow: NodeJS.Timeout | boolean
}

const defaults: ReaderOptions = {
  threads: 1,
  limits: defaultLimits,
  timeMs: 8000,
  clockMs: 24_000,
  slowMs: 1000,
  memoryMb: 512,
  idleMs: null,
}

export function createReaderPool(options: Partial<ReaderOptions> = {}): ReaderPool {
  return new Pool({ ...defaults, ...options })
}

const limit = (reason: string): ReadOutcome => ({ ok: false, kind: 'limit', reason })
const broken = (reason: string): ReadOutcome => ({ ok: false, kind: 'broken', reason })

class Pool implements ReaderPool {
  readonly options: ReaderOptions
  readonly threads = new Set<Thread>()
  waiting: Task[] = []
  lastId = 0
  closed = false

  constructor(options: ReaderOptions) {
    this.options = options
  }

  async read(raw: Uint8Array, how: { take?: boolean; signal?: AbortSignal } = {}): Promise<ReadOutcome> {
    if (this.closed) return broken('closed')
    if (raw.byteLength > this.options.limits.size)
      return limit(`Larger than ${this.options.limits.size} bytes`)
    how.signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<ReadOutcome>()
    const task: Task = { id: ++this.lastId, raw: bufferOf(raw, how.take ?? false), settle: resolve }
    const onAbort = (): void => {
      reject(how.signal?.reason)
      this.drop(task)
    }
    how.signal?.addEventListener('abort', onAbort, { once: true })
    this.waiting.push(task)
    this.feed()
    return promise.finally(() => how.signal?.removeEventListener('abort', onAbort))
  }

  async close(): Promise<void> {
    this.closed = true
    for (const task of this.waiting.splice(0)) task.settle(broken('closed'))
    await Promise.all([...this.threads].map((thread) => this.end(thread, broken('closed'))))
  }

  /** Gives waiting mails to idle threads, starting threads up to the number allowed. */
  feed(): void {
    while (this.waiting.length > 0 && !this.closed) {
      const idle = [...this.threads].find((thread) => thread.task === null)
      const slow = [...this.threads].some((thread) => thread.slow === true)
      if (!idle && this.threads.size >= this.options.threads + (slow ? 1 : 0)) return
      this.give(idle ?? this.start(), this.waiting.shift()!)
    }
  }

  start(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.options.limits,
      resourceLimits: { maxOldGenerationSizeMb: this.options.memoryMb, maxYoungGenerationSizeMb: 16 },
    })
    const thread: Thread = { worker, ready: false, task: null, timer: null, slow: false }
    worker.once('message', () => this.begin(thread))
    worker.on('message', (answer: ReadAnswer | 'ready') => {
      if (answer !== 'ready') this.finish(thread, answer.id, answer.outcome)
    })
    worker.on('error', (error) => void this.end(thread, outcomeOf(error)))
    worker.on('exit', () => void this.end(thread, broken('The reading thread ended')))
    worker.unref()
    this.threads.add(thread)
    return thread
  }

  give(thread: Thread, task: Task): void {
    thread.task = task
    thread.worker.ref()
    if (thread.ready) this.startClock(thread)
    thread.worker.postMessage({ id: task.id, raw: task.raw } satisfies ReadRequest, [task.raw])
  }

  begin(thread: Thread): void {
    thread.ready = true
    if (thread.task) this.startClock(thread)
  }

  startClock(thread: Thread): void {
    this.stopClock(thread)
    const { timeMs, clockMs, slowMs } = this.options
    const began = performance.now()
    // Asking another thread costs: only a mail that takes long is asked about, and what it used till then is assumed.
    const assumed = Math.min(slowMs, timeMs / 4)
    let before: ReturnType<Worker['cpuUsage']> | null = null
    const tooLong = () => void this.end(thread, limit(`Took more than ${timeMs} ms`))
    // A machine that is busy with other things is not the mail's fault: what counts is what it cost itself.
    const look = (after: number) => {
      thread.timer = setTimeout(async () => {
        const timer = thread.timer
        const since = before
        before ??= thread.worker.cpuUsage()
        const used = await (since ?? before)
          .then((from) => (since ? thread.worker.cpuUsage(from) : { user: 0, system: 0 }))
          .then(({ user, system }) => assumed + (user + system) / 1000)
          .catch(() => timeMs)
        if (thread.timer !== timer) return
        if (used >= timeMs || performance.now() - began >= clockMs) tooLong()
        else look(Math.max(timeMs - used, timeMs / 10))
      }, after)
    }
    look(assumed)
    thread.slow = setTimeout(() => {
      thread.slow = true
      this.feed()
    }, slowMs)
  }

  stopClock(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer)
    if (typeof thread.slow === 'object') clearTimeout(thread.slow)
    thread.timer = null
    thread.slow = false
  }

  finish(thread: Thread, id: number, outcome: ReadOutcome): void {
    if (thread.task?.id !== id) return
    this.settle(thread, outcome)
    thread.worker.unref()
    this.feed()
    if (thread.task === null) this.rest(thread)
  }

  rest(thread: Thread): void {
    // Started beside a slow one: one too many again.
    if (this.threads.size > this.options.threads) return void this.end(thread, broken('idle'))
    if (this.options.idleMs === null) return
    thread.timer = setTimeout(() => void this.end(thread, broken('idle')), this.options.idleMs)
    thread.timer.unref()
  }

  /** Takes the thread out of service; another one is started for the next mail. */
  async end(thread: Thread, outcome: ReadOutcome): Promise<void> {
    if (!this.threads.delete(thread)) return
    this.settle(thread, outcome)
    await thread.worker.terminate()
    this.feed()
  }

  settle(thread: Thread, outcome: ReadOutcome): void {
    this.stopClock(thread)
    thread.task?.settle(outcome)
    thread.task = null
  }

  /** A mail nobody waits for any more: not begun if it still waits, its thread ended if it is being read. */
  drop(task: Task): void {
    this.waiting = this.waiting.filter((other) => other !== task)
    for (const thread of this.threads) if (thread.task === task) void this.end(thread, broken('cancelled'))
  }
}

function bufferOf(raw: Uint8Array, take: boolean): ArrayBuffer {
  const whole = raw.buffer instanceof ArrayBuffer && raw.byteLength === raw.buffer.byteLength
  return take && whole ? (raw.buffer as ArrayBuffer) : new Uint8Array(raw).buffer
}

function outcomeOf(error: Error & { code?: string }): ReadOutcome {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? limit('Needed too much memory') : broken(error.message)
}
