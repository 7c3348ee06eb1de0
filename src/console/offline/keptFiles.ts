// Files chosen while the server was away, kept in this browser until they are up: they outlive a reload. Each belongs
// to a person and a box he writes in; another person's go when somebody else signs in, all of them at sign-out.
import { databaseOf } from './databaseOf.ts'

export interface KeptFile {
  id: number
  agent: string
  /** What he writes in, as the drafts name it: "draft 12". */
  box: string
  file: File
}
/** bytes of all that is kept at a time; the browser's room is not endless, and none of it is told before it ends */
export const mostKept = 200 * 1024 * 1024

const within = databaseOf('foyer-files', 1, (db) => {
  db.createObjectStore('files', { keyPath: 'id', autoIncrement: true })
})

/** @returns its id; null where this browser has no room for it, or keeps nothing */
export async function keepFile(agent: string, box: string, file: File): Promise<number | null> {
  const before = (await all()).reduce((sum, kept) => sum + kept.file.size, 0)
  if (before + file.size > mostKept) return null
  let id: number | null = null
  const done = await within('files', 'readwrite', (store) => {
    const adding = store.add({ agent, box, file })
    adding.onsuccess = () => {
      id = Number(adding.result)
    }
  })
  return done ? id : null
}
/** What waits for this person, the oldest first; of one box, or of all. */
export const keptFiles = async (agent: string, box?: string): Promise<KeptFile[]> =>
  (await all()).filter((kept) => kept.agent === agent && (box === undefined || kept.box === box))

export async function dropKept(id: number): Promise<void> {
  await within('files', 'readwrite', (store) => void store.delete(id))
}
/** @param but whose stay */
export async function emptyKept(but?: string): Promise<void> {
  const gone = (await all()).filter((kept) => kept.agent !== but)
  if (gone.length === 0) return
  await within('files', 'readwrite', (store) => {
    for (const { id } of gone) store.delete(id)
  })
}

async function all(): Promise<KeptFile[]> {
  let found: KeptFile[] = []
  await within('files', 'readonly', (store) => {
    const asking = store.getAll()
    asking.onsuccess = () => {
      found = asking.result
    }
  })
  return found
}
