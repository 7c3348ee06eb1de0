import { parentPort, workerData } from 'node:worker_threads'
import { digest, type ReadOutcome } from './digest.ts'
import { LimitPassed, type ReadLimits, type ReadMail } from './mail.ts'
import { read } from './read.ts'

/** The thread in which mails are read: one at a time, each answered with its outcome. */
export interface ReadRequest {
  id: number
  raw: ArrayBuffer
}
export interface ReadAnswer {
  id: number
  outcome: ReadOutcome
}

const limits = workerData as ReadLimits

parentPort?.on('message', async ({ id, raw }: ReadRequest) => {
  const outcome = await attempt(new Uint8Array(raw))
  parentPort?.postMessage({ id, outcome } satisfies ReadAnswer, outcome.ok ? buffersOf(outcome.mail) : [])
})

parentPort?.postMessage('ready')

async function attempt(raw: Uint8Array): Promise<ReadOutcome> {
  try {
    const mail = await read(raw, limits)
    return { ok: true, mail, digest: digest(mail) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, kind: error instanceof LimitPassed ? 'limit' : 'broken', reason }
  }
}

/** Attachments are moved to the other thread, not copied. */
function buffersOf(mail: ReadMail): ArrayBuffer[] {
  return [...new Set(mail.attachments.map((attachment) => attachment.bytes.buffer))]
}
