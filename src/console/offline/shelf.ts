// What was read lately, kept in this browser per person, so that reading goes on while the server is away. A bounded
// number of answers by their address; another person's are never read, and go when somebody else signs in.
import { forgetStarts } from '../api/early.ts'
import { databaseOf } from './databaseOf.ts'
import { emptyKept } from './keptFiles.ts'

interface Kept {
  agent: string
  path: string
  /** ms since 1970 */
  at: number
  text: string
}
const most = 600
const longest = 2_000_000
const keptPaths =
  /^\/(?:me|views|inboxes|agents|teams|tags|saved-replies|drafts|conversations|conversations\/\d+(?:\/[\w-]+)*|customers\/\d+(?:\/[\w-]+)*)(?:\?|$)/

const lastName = 'foyer.last'
let owner: string | null = globalThis.localStorage?.getItem(lastName) ?? null
let served = false
const fresh = new Map<string, string>()
let planned = false

const within = databaseOf('foyer', 1, (db) => {
  const store = db.createObjectStore('answers', { keyPath: ['agent', 'path'] })
  store.createIndex('at', 'at')
})

/** From here on answers are kept for this person; what others left is thrown away. */
export function keepFor(agent: string): void {
  if (owner !== agent) fresh.clear()
  owner = agent
  if (localStorage.getItem(lastName) === agent) return
  localStorage.setItem(lastName, agent)
  void clear((kept) => kept.agent !== agent)
  void emptyKept(agent)
}
/** Who read here last, for a start without the server. */
export const lastReader = (): string | null => owner

/** Leaves nothing of what was read: signing out. */
export async function emptyShelf(): Promise<void> {
  owner = null
  fresh.clear()
  localStorage.removeItem(lastName)
  forgetStarts()
  await clear(() => true)
  await emptyKept()
}

/** Remembers an answer; written in a quiet moment, many at once. */
export function keep(path: string, text: string): void {
  if (!keptPaths.test(path) || text.length > longest) return
  fresh.set(path, text)
  if (planned) return
  planned = true
  window.setTimeout(() => {
    planned = false
    void write()
  }, 1000)
}

/** The last answer from this address, when there was one. Whoever gets it knows that it may be old. */
export async function find(path: string): Promise<string | null> {
  if (!owner || !keptPaths.test(path)) return null
  const kept = fresh.get(path) ?? (await read(owner, path))
  if (kept !== null) noteOld()
  return kept
}
/** What is on screen could not be asked for anew. */
export function noteOld(): void {
  served = true
}
/** Whether something old is on screen since this was last asked. */
export function takeServed(): boolean {
  const was = served
  served = false
  return was
}

async function write(): Promise<void> {
  const agent = owner
  if (!agent || fresh.size === 0) return
  const rows = [...fresh]
  fresh.clear()
  const at = Date.now()
  await within('answers', 'readwrite', (store) => {
    for (const [path, text] of rows) store.put({ agent, path, at, text } satisfies Kept)
    const counting = store.count()
    counting.onsuccess = () => dropOldest(store, counting.result - most)
  })
}
function dropOldest(store: IDBObjectStore, surplus: number): void {
  if (surplus <= 0) return
  let left = surplus + most / 10
  const walk = store.index('at').openKeyCursor()
  walk.onsuccess = () => {
    const cursor = walk.result
    if (!cursor || left <= 0) return
    left -= 1
    store.delete(cursor.primaryKey)
    cursor.continue()
  }
}

async function read(agent: string, path: string): Promise<string | null> {
  let found: Kept | undefined
  await within('answers', 'readonly', (store) => {
    const asking = store.get([agent, path])
    asking.onsuccess = () => {
      found = asking.result
    }
  })
  return found?.text ?? null
}
async function clear(which: (kept: Kept) => boolean): Promise<void> {
  await within('answers', 'readwrite', (store) => {
    const walk = store.openCursor()
    walk.onsuccess = () => {
      const cursor = walk.result
      if (!cursor) return
      if (which(cursor.value)) cursor.delete()
      cursor.continue()
    }
  })
}
