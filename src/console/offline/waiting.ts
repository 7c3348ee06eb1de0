// What was done while the server was away: kept in this browser per person, sent in its order when the line is back.
// A reply is no exception: the server's guard stops it when something new arrived, and then the writer is asked.
import { ApiError } from '../api/ApiError.ts'

export interface Act {
  /** The idempotency key too: sent twice it is done once. */
  id: string
  kind: 'change' | 'comment' | 'reply'
  method: string
  path: string
  body?: unknown
  conversation: number | null
}
export interface Outcome {
  act: Act
  answer?: unknown
  error?: ApiError
  /** Somebody on screen is told by the promise of keepAct. */
  told: boolean
}
type Send = (act: Act) => Promise<unknown>

let agent: string | null = null
let acts: readonly Act[] = []
const waitingFor = new Map<string, { done: (answer: unknown) => void; refused: (error: ApiError) => void }>()
const listeners = new Set<() => void>()
const outcomes = new Set<(outcome: Outcome) => void>()

const nameOf = (who: string) => `foyer.${who}.waiting`
const store = (next: readonly Act[]) => {
  acts = next
  if (agent && next.length > 0) localStorage.setItem(nameOf(agent), JSON.stringify(next))
  else if (agent) localStorage.removeItem(nameOf(agent))
  for (const listener of listeners) listener()
}
const load = (): readonly Act[] => {
  try {
    const kept: unknown = JSON.parse((agent && localStorage.getItem(nameOf(agent))) ?? '[]')
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

/** Whose acts these are; what this person left here before a reload waits on. */
export function waitAs(who: string): void {
  if (agent === who) return
  agent = who
  store(load())
}
export const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const waitingActs = (): readonly Act[] => acts
/** How many of them a person did: that something was read is noted by the desk itself. */
export const countDone = (): number => acts.filter(({ path }) => !path.endsWith('/read')).length
export function onOutcome(listener: (outcome: Outcome) => void): () => void {
  outcomes.add(listener)
  return () => outcomes.delete(listener)
}

/** Keeps an act for later; the answer comes when it was sent, if the page is still there. */
export function keepAct(act: Act): Promise<unknown> {
  // Of one conversation only the last wording of a reply goes out.
  const replaced = (each: Act) =>
    each.id === act.id ||
    (act.kind === 'reply' && each.kind === 'reply' && each.conversation === act.conversation)
  store([...acts.filter((each) => !replaced(each)), act])
  return new Promise((done, refused) => waitingFor.set(act.id, { done, refused }))
}
/** Takes an act back before it was sent; answers whether it still waited. */
export function withdraw(id: string): boolean {
  const waited = acts.some((act) => act.id === id)
  waitingFor.delete(id)
  store(acts.filter((act) => act.id !== id))
  return waited
}

/** Takes a waiting reply back because it was written on or thrown away; answers whether there was one. */
export function withdrawReply(
  conversation: number,
  which: (body: { text?: string }) => boolean = () => true,
): boolean {
  const found = acts.find(
    (act) => act.kind === 'reply' && act.conversation === conversation && which((act.body ?? {}) as object),
  )
  return found !== undefined && withdraw(found.id)
}

let sending: Promise<void> | null = null
/** Sends what waits, one after the other, in one tab only; stops where the server is away again. */
export function sendWaiting(send: Send): Promise<void> {
  sending ??= alone(() => sendInOrder(send)).finally(() => {
    sending = null
  })
  return sending
}
const alone = (work: () => Promise<void>): Promise<void> =>
  globalThis.navigator?.locks ? navigator.locks.request(nameOf(agent ?? ''), work) : work()

async function sendInOrder(send: Send): Promise<void> {
  // Another tab may have sent some of them meanwhile.
  const kept = new Set(load().map((act) => act.id))
  if (agent) acts = acts.filter((act) => kept.has(act.id))
  for (const act of [...acts]) {
    try {
      settle(act, { answer: await send(act) })
    } catch (error) {
      if (!(error instanceof ApiError) || isAway(error)) return
      settle(act, { error })
    }
  }
}

function settle(act: Act, result: { answer?: unknown; error?: ApiError }): void {
  const waiter = waitingFor.get(act.id)
  waitingFor.delete(act.id)
  store(acts.filter((each) => each.id !== act.id))
  if (result.error) waiter?.refused(result.error)
  else waiter?.done(result.answer)
  for (const listener of outcomes) listener({ act, ...result, told: waiter !== undefined })
}

/** Not reached, or a house that is just starting or stopping: no refusal, so it is tried again. */
export const isAway = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || [502, 503, 504].includes(error.status))
