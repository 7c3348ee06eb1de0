// Takes away files that nothing names. Others keep files meanwhile, in other processes too, and a file is kept before
// the row that names it is committed. Two things make that safe: whoever keeps bytes that are there already makes the
// file young before he relies on it, and a file is renamed out of the way before it is looked at for the last time:
//
//   the keeper was first    the file that was taken aside is young, or a row names it by now: it is put back
//   the sweep was first     the keeper does not find the file and writes it anew
import { link, readdir, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

type Named = (hashes: string[]) => Promise<Set<string>>
/** Files asked about in one question. */
const atOnce = 1000
const aside = '.swept-'
/** Where a file is while it is looked at for the last time. */
export const asideOf = (path: string): string => join(dirname(path), aside + basename(path))

/** @param before older files go; milliseconds since 1970 by the store's clock. @returns how many went */
export async function sweepFolder(root: string, named: Named, before: number): Promise<number> {
  let removed = 0
  let batch: string[] = []
  const sweepBatch = async () => {
    const known = await named(batch)
    for (const hash of batch)
      if (!known.has(hash) && (await removeOrphan(folderOf(root, hash), hash, named, before))) removed += 1
    batch = []
  }
  for await (const { folder, name } of filesIn(root)) {
    if (/^[0-9a-f]{64}$/.test(name)) batch.push(name)
    else if (name.startsWith(aside)) await putBack(folder, name.slice(aside.length))
    else if (await isOld(join(folder, name), before)) await gone(unlink(join(folder, name)))
    if (batch.length >= atOnce) await sweepBatch()
  }
  if (batch.length > 0) await sweepBatch()
  return removed
}

async function removeOrphan(folder: string, hash: string, named: Named, before: number): Promise<boolean> {
  const path = join(folder, hash)
  const taken = asideOf(path)
  if (!(await isOld(path, before)) || !(await gone(rename(path, taken)))) return false
  if ((await isOld(taken, before)) && !(await named([hash])).has(hash)) return gone(unlink(taken))
  await putBack(folder, hash)
  return false
}

/** Whoever keeps the same bytes at this moment has committed the row that names them after so long; ms. */
const patience = 2000

/**
 * Removes files without waiting for their age: what was erased must be gone. They are taken aside first, and put back
 * when a row names them a moment later.
 */
export async function forgetFiles(root: string, hashes: string[], named: Named): Promise<void> {
  const taken: string[] = []
  for (const hash of hashes) {
    const path = join(folderOf(root, hash), hash)
    // Aside already: a run before this one was killed.
    const was = await isOld(asideOf(path), Number.POSITIVE_INFINITY)
    if ((await gone(rename(path, asideOf(path)))) || was) taken.push(hash)
  }
  if (taken.length === 0) return
  await wait(patience)
  const known = await named(taken)
  for (const hash of taken) {
    const folder = folderOf(root, hash)
    if (known.has(hash)) await putBack(folder, hash)
    else await gone(unlink(asideOf(join(folder, hash))))
  }
}

/** Under its name again, unless somebody has written it anew meanwhile. */
async function putBack(folder: string, hash: string): Promise<void> {
  const path = join(folder, hash)
  await link(asideOf(path), path).catch((error) => {
    if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error
  })
  await gone(unlink(asideOf(path)))
}

const isOld = async (path: string, before: number) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs < before,
    () => false,
  )

/** @returns false: it was not there (any more) */
async function gone(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

const folderOf = (root: string, hash: string) => join(root, hash.slice(0, 2), hash.slice(2, 4))

/** The files of the store, and what unfinished writing has left. */
async function* filesIn(root: string): AsyncGenerator<{ folder: string; name: string }> {
  for (const name of await namesIn(root)) if (/^\.(incoming|probe)-/.test(name)) yield { folder: root, name }
  for (const first of await foldersIn(root))
    for (const folder of await foldersIn(first))
      for (const name of await namesIn(folder)) yield { folder, name }
}
const namesIn = (folder: string) => readdir(folder).catch(() => [])
const foldersIn = async (folder: string) =>
  (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).map((name) => join(folder, name))
