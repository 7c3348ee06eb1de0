// What is in a mailbox, brought here in order and in batches of bounded size, past what its server does not hand out.
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { searched } from './imap.ts'

/** Messages up to this size are fetched together, so many at once, and so many bytes. */
const batchCount = 50
const batchBytes = 16 * 1024 * 1024

export interface FetchedMail {
  uid: number
  /** null: larger than allowed, only its size is known; or withheld */
  raw: Buffer | null
  /** the server has it and does not hand it out, however often it is asked, though it does the next one */
  withheld?: true
  /** bytes */
  size: number
  /** the headers of one that is too large; else null */
  head: Buffer | null
  /** when the server received it */
  receivedAt: Date
}

/** Of what was not handed out: what the server still has. The rest is gone. */
async function stillThere(client: ImapFlow, uids: number[]): Promise<number[]> {
  return uids.length > 0 ? searched(client, { uid: uids.join(',') }) : []
}

/** What a server would not hand out so far, by UID; kept by whoever watches the mailbox. */
export interface Withheld {
  /** how often a message that is there was asked for in vain */
  tries: Map<number, number>
  /** one of these ended the connection when they were asked for together: each alone from then on */
  alone: Set<number>
}
export const nothingWithheld = (): Withheld => ({ tries: new Map(), alone: new Set() })
/** So many connections ask for it before others may pass it by. */
const patience = 3

/**
 * Fetches messages in order, in batches of bounded size. One that the server has and does not hand out ends it after
 * those before it, to be asked for again; after some tries it is passed by, told as `withheld`, once the server has
 * handed out a later one: then it is this message, and not the server, that is ill. The same with one at which the server
 * ends the connection each time.
 */
export async function* fetchMails(
  client: ImapFlow,
  uids: number[],
  maxSize: number,
  withheld: Withheld,
): AsyncGenerator<FetchedMail[]> {
  for (let at = 0; at < uids.length; at += 500) {
    const wanted = uids.slice(at, at + 500)
    const sizes = await client.fetchAll(wanted, { uid: true, size: true, internalDate: true }, { uid: true })
    const told = new Set(sizes.map(({ uid }) => uid))
    const silent = await stillThere(
      client,
      wanted.filter((uid) => !told.has(uid)),
    )
    const known = [...sizes, ...silent.map((uid) => ({ uid }) as FetchMessageObject)]
    for (const group of inBatches(
      known.sort((a, b) => a.uid - b.uid),
      withheld.alone,
    )) {
      const { mails, missing } = await withSources(client, group, { maxSize, uids, withheld })
      for (const uid of missing)
        if (await isPassedBy(client, uid, uids, withheld)) mails.push(withheldMail(group, uid))
      const stop = missing.find((uid) => !mails.some((mail) => mail.uid === uid))
      const inOrder = mails
        .sort((a, b) => a.uid - b.uid)
        .filter(({ uid }) => stop === undefined || uid < stop)
      if (inOrder.length > 0) yield inOrder
      if (stop !== undefined) throw new Error(`The server did not hand out a message it has (UID ${stop})`)
    }
  }
  withheld.tries.clear()
  withheld.alone.clear()
}

const withheldMail = (group: FetchMessageObject[], uid: number): FetchedMail => {
  const { size = 0, internalDate } = group.find((one) => one.uid === uid)!
  return {
    uid,
    raw: null,
    size,
    head: null,
    withheld: true,
    receivedAt: new Date(internalDate ?? Date.now()),
  }
}

async function isPassedBy(
  client: ImapFlow,
  uid: number,
  uids: number[],
  withheld: Withheld,
): Promise<boolean> {
  const tries = (withheld.tries.get(uid) ?? 0) + 1
  withheld.tries.set(uid, tries)
  return tries >= patience && handsOutLater(client, uid, uids, withheld.tries)
}

function* inBatches(messages: FetchMessageObject[], alone: Set<number>): Generator<FetchMessageObject[]> {
  let batch: FetchMessageObject[] = []
  let bytes = 0
  for (const message of messages) {
    const size = message.size ?? 0
    const apart = alone.has(message.uid) || alone.has(batch[0]?.uid ?? 0)
    if (batch.length > 0 && (apart || batch.length >= batchCount || bytes + size > batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(message)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

async function withSources(
  client: ImapFlow,
  group: FetchMessageObject[],
  { maxSize, uids, withheld }: { maxSize: number; uids: number[]; withheld: Withheld },
): Promise<{ mails: FetchedMail[]; missing: number[] }> {
  const wanted = group.filter(({ size }) => (size ?? 0) <= maxSize).map(({ uid }) => uid)
  const sources = await sourcesOf(client, wanted, uids, withheld)
  const byUid = new Map(sources.map(({ uid, source }) => [uid, source]))
  const missing = await stillThere(
    client,
    wanted.filter((uid) => !byUid.get(uid)),
  )
  const large = group.filter(({ size }) => (size ?? 0) > maxSize).map(({ uid }) => uid)
  const heads =
    large.length > 0 ? await client.fetchAll(large, { uid: true, headers: true }, { uid: true }) : []
  const headOf = new Map(heads.map(({ uid, headers }) => [uid, headers ?? null]))
  const mails = group.flatMap(({ uid, size = 0, internalDate }): FetchedMail[] => {
    const raw = size > maxSize ? null : byUid.get(uid)
    // Expunged between the two looks: it was never ours to take.
    if (raw === undefined) return []
    const receivedAt = new Date(internalDate ?? Date.now())
    return [{ uid, raw, size: raw?.length ?? size, head: headOf.get(uid) ?? null, receivedAt }]
  })
  return { mails, missing: missing.sort((a, b) => a - b) }
}

/**
 * One that ended the connection time and again is not asked for any more: it counts as not handed out. A network that
 * breaks just then is not its fault, so but for the first time an end counts only right after a later message was handed out.
 */
async function sourcesOf(
  client: ImapFlow,
  wanted: number[],
  uids: number[],
  { tries, alone }: Withheld,
): Promise<FetchMessageObject[]> {
  const [first] = wanted
  if (first === undefined) return []
  const isAlone = alone.has(first)
  const ends = isAlone ? (tries.get(first) ?? 0) : 0
  if (ends >= patience) return []
  const counts = isAlone && (ends === 0 || (await handsOutLater(client, first, uids, tries)))
  try {
    return await client.fetchAll(wanted, { uid: true, source: true }, { uid: true })
  } catch (error) {
    for (const uid of wanted) alone.add(uid)
    if (counts) tries.set(first, ends + 1)
    throw error
  }
}

/** It is well: it hands out the next message that it has not kept back so far. */
async function handsOutLater(
  client: ImapFlow,
  uid: number,
  uids: number[],
  tries: Map<number, number>,
): Promise<boolean> {
  const later = uids.find((one) => one > uid && !tries.has(one))
  if (later === undefined) return false
  // Should the connection end at this one, another is asked for next time.
  tries.set(later, 1)
  const proof = await client.fetchOne(String(later), { uid: true, source: true }, { uid: true })
  tries.delete(later)
  return proof !== false && (proof?.source?.length ?? 0) > 0
}

/** One message. @returns null: the server has none of this number, does not hand it out, or it is too large */
export async function fetchMail(
  client: ImapFlow,
  uid: number,
  maxSize: number,
): Promise<{ raw: Buffer; receivedAt: Date } | null> {
  const known = await client.fetchOne(String(uid), { size: true, internalDate: true }, { uid: true })
  if (!known || (known.size ?? 0) > maxSize) return null
  const found = await client.fetchOne(String(uid), { source: true }, { uid: true })
  if (found === false || !found?.source) return null
  return { raw: found.source, receivedAt: new Date(known.internalDate ?? Date.now()) }
}
