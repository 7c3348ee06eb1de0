import { Worker } from 'node:worker_threads'
import { defaultLimits, type ReadLimits, type ReadOutcome } from './mail.ts'
import type { ReadAnswer, ReadRequest } from './worker.ts'

export interface ReaderOptions {
  /** Threads, started when first needed. */
  threads: number
  limits: ReadLimits
  /** Milliseconds for one mail; then its thread is ended and the outcome is a passed limit. */
  timeMs: number
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
}

const defaults: ReaderOptions = {
  threads: 1,
  limits: defaultLimits,
  timeMs: 20_000,
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
      if (!idle && this.threads.size >= this.options.threads) return
      this.give(idle ?? this.start(), this.waiting.shift()!)
    }
  }

  start(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.options.limits,
      resourceLimits: { maxOldGenerationSizeMb: this.options.memoryMb, maxYoungGenerationSizeMb: 16 },
    })
    const thread: Thread = { worker, ready: false, task: null, timer: null }
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
    if (thread.timer) clearTimeout(thread.timer)
    const { timeMs } = this.options
    thread.timer = setTimeout(() => void this.end(thread, limit(`Took more than ${timeMs} ms`)), timeMs)
  }

  finish(thread: Thread, id: number, outcome: ReadOutcome): void {
    if (thread.task?.id !== id) return
    this.settle(thread, outcome)
    thread.worker.unref()
    this.feed()
    if (thread.task === null) this.rest(thread)
  }

  rest(thread: Thread): void {
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
    if (thread.timer) clearTimeout(thread.timer)
    thread.task?.settle(outcome)
    thread.timer = null
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
