// The body of a signed request. Anybody can call, so until its signature has been checked nothing of it stays in
// memory: it goes to a file while it is hashed, large ones a few at a time, and is read back when it is signed.
import { Readable } from 'node:stream'
import { checkSignature } from '#channels/custom/signature.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { FileStore } from '#platform/files/files.ts'

/** A request whose body nobody has read. */
export interface Unread {
  body: Readable
  /** by its header; undefined: it does not say */
  length: number | undefined
  signature: unknown
  /** the caller's address */
  from: string
}

/** Attachments come as base64 inside: 50 MB of files are 67 MB of text. */
const mostBytes = 70 * 1024 * 1024
/** Up to here a body costs little; larger ones, and those that do not say, take a place each. */
const smallBytes = 1024 * 1024
/** Places for large ones: for one caller, and for all. */
const perCaller = 2
const atOnce = 8

export interface SignedBodies {
  /**
   * Hands a body to `work` when `secret` has signed it. Before a byte is read: 401 without a signature, 413, 429 when
   * all places are taken. After: 401 `wrong_signature`, and nothing of it is kept.
   */
  take<T>(secret: string, request: Unread, work: (raw: Buffer) => Promise<T>): Promise<T>
}

export function openSignedBodies(files: Pick<FileStore, 'keepStream' | 'read'>): SignedBodies {
  const large = new Map<string, number>()
  const underWay = () => [...large.values()].reduce((sum, one) => sum + one, 0)

  async function inPlace<T>(from: string, work: () => Promise<T>): Promise<T> {
    const mine = large.get(from) ?? 0
    if (mine >= perCaller || underWay() >= atOnce) refuse('too_often', { params: { seconds: 5 } })
    large.set(from, mine + 1)
    try {
      return await work()
    } finally {
      const left = large.get(from)! - 1
      if (left > 0) large.set(from, left)
      else large.delete(from)
    }
  }
  return {
    async take(secret, { body, length, signature, from }, work) {
      const check = checkSignature(secret, signature) ?? refuse('wrong_signature')
      if (length !== undefined && length > mostBytes) refuse('too_large')
      async function* checked() {
        for await (const part of body) {
          check.update(part)
          yield part
        }
        // Thrown before the file has its name: what is not signed leaves nothing behind.
        if (!check.matches()) refuse('wrong_signature')
      }
      const read = async () => {
        const kept = (await files.keepStream(Readable.from(checked()), mostBytes)) ?? refuse('too_large')
        return work(await files.read(kept.sha256))
      }
      return length !== undefined && length <= smallBytes ? read() : inPlace(from, read)
    },
  }
}
