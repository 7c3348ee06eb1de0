// The place a backup is restored into: a data folder with nothing of a desk in it, and an empty database. While a
// restore is under way a marker stands in the folder; a desk does not start on it, and the next restore clears away
// what the unfinished one left.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { clusterOf } from '#platform/db/cluster-place.ts'
import { FolderInUse, isHeld } from '#platform/db/hold-folder.ts'
import { Mendable } from '#platform/errors/mendable.ts'

const marker = 'restore-unfinished'
/** What a restore makes in a data folder. */
const made = ['files', 'secret', 'postgres', 'postgres-password', 'postgres-place']
/** What may lie there already: the list of what was erased is brought along (see erasures). */
const welcome = new Set([marker, 'erasures.jsonl', 'lost+found', '.gitignore'])

/** Null: no restore is unfinished here; else its id. */
export function unfinishedRestore(data: string): string | null {
  const path = join(data, marker)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** A desk must not begin on half of another. */
export function refuseUnfinished(data: string): void {
  if (unfinishedRestore(data) !== null)
    throw new Mendable(
      `A restore into ${data} did not come to its end. Run foyer restore again: it clears away what is there and begins anew.`,
    )
}

/** @returns the names that stand in the way; empty: the folder is free */
export async function claimFolder(data: string, id: string): Promise<string[]> {
  await mkdir(data, { recursive: true })
  if (await isHeld(data)) throw new FolderInUse(data)
  if (unfinishedRestore(data) !== null) clearFolder(data)
  const there = readdirSync(data).filter((name) => !welcome.has(name))
  if (there.length === 0) writeFileSync(join(data, marker), `${id}\n`, { flush: true })
  return there
}

export const finishFolder = (data: string): void => rmSync(join(data, marker))

/** Takes away what a restore made, and its marker last. */
export function clearFolder(data: string): void {
  rmSync(clusterOf(data), { recursive: true, force: true })
  for (const name of made) rmSync(join(data, name), { recursive: true, force: true })
  rmSync(join(data, marker), { force: true })
}
