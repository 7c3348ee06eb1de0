// Files by content hash: <root>/ab/cd/<sha256>. Written, fsynced, renamed, folder fsynced; the row that names a file
// is committed after. A crash in between leaves an orphan, never a row without its file; orphans are swept.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { asideOf, forgetFiles, sweepFolder } from './sweep-folder.ts'

export interface FileStore {
  /** Keeps the bytes durably and answers their SHA-256; the same bytes twice are one file. */
  keep(bytes: Uint8Array): Promise<Buffer>
  /** Keeps what streams in; @returns null when it is longer than `limit` bytes: nothing is kept then */
  keepStream(bytes: Readable, limit: number): Promise<{ sha256: Buffer; size: number } | null>
  read(sha256: Uint8Array): Promise<Buffer>
  stream(sha256: Uint8Array): Readable
  remove(sha256: Uint8Array): Promise<void>
  /**
   * Removes what nothing names and nobody has kept for so long (milliseconds, by the store's clock). Safe beside
   * others who keep the same bytes at this moment.
   * @param named the ones of these SHA-256 (hex) that a row names
   * @returns how many files went
   */
  sweep(named: (hashes: string[]) => Promise<Set<string>>, age: number): Promise<number>
  /** Removes these (hex) at once, but for those that a row names by now: somebody keeps the same bytes. */
  forget(hashes: string[], named: (hashes: string[]) => Promise<Set<string>>): Promise<void>
  /** Throws when nothing can be written (disk full, rights). */
  probe(): Promise<void>
}

export function openFolderStore(root: string): FileStore {
  const madeFolders = new Map<string, Promise<void>>()
  const folderOf = (hex: string) => join(root, hex.slice(0, 2), hex.slice(2, 4))
  const pathOf = (sha256: Uint8Array) => {
    const hex = Buffer.from(sha256).toString('hex')
    return join(folderOf(hex), hex)
  }
  async function syncFolder(path: string) {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  /** Makes the two levels of folders once per process, synced up to the root. */
  function ensureFolder(folder: string): Promise<void> {
    let made = madeFolders.get(folder)
    if (!made) {
      made = (async () => {
        // mkdir says which folder was the first it had to make: everything above that one is on disk already.
        const first = await mkdir(folder, { recursive: true })
        if (first === undefined) return
        await syncFolder(join(folder, '..'))
        if (first !== folder) await syncFolder(root)
      })()
      madeFolders.set(folder, made)
      made.catch(() => madeFolders.delete(folder))
    }
    return made
  }
  /** Gives a written and synced file its name. */
  async function settle(temporary: string, sha256: Buffer): Promise<void> {
    const folder = folderOf(sha256.toString('hex'))
    await ensureFolder(folder)
    await rename(temporary, pathOf(sha256))
    await syncFolder(folder)
  }
  /** Writes a file and takes it away. @returns its time: what the store's clock says; milliseconds */
  async function probe(): Promise<number> {
    await mkdir(root, { recursive: true })
    const path = join(root, `.probe-${randomBytes(8).toString('hex')}`)
    const handle = await open(path, 'wx', 0o600)
    await handle.writeFile('x')
    await handle.datasync()
    const { mtimeMs } = await handle.stat()
    await handle.close()
    await unlink(path)
    return mtimeMs
  }
  return {
    async keepStream(bytes, limit) {
      await mkdir(root, { recursive: true })
      const temporary = join(root, `.incoming-${randomBytes(8).toString('hex')}`)
      const hash = createHash('sha256')
      let size = 0
      const handle = await open(temporary, 'wx', 0o600)
      try {
        for await (const chunk of bytes) {
          size += chunk.length
          if (size > limit) break
          hash.update(chunk)
          await handle.write(chunk)
        }
        if (size <= limit) await handle.datasync()
      } catch (error) {
        await unlink(temporary).catch(() => {})
        throw error
      } finally {
        await handle.close()
      }
      if (size > limit) {
        await unlink(temporary)
        return null
      }
      const sha256 = hash.digest()
      await settle(temporary, sha256)
      return { sha256, size }
    },
    async keep(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest()
      const path = pathOf(sha256)
      const folder = folderOf(sha256.toString('hex'))
      await ensureFolder(folder)
      if (await isThere(path, bytes.length)) return sha256
      const temporary = join(folder, `.${randomBytes(8).toString('hex')}`)
      const handle = await open(temporary, 'wx', 0o600)
      try {
        await handle.writeFile(bytes)
        await handle.datasync()
      } catch (error) {
        await handle.close()
        await unlink(temporary).catch(() => {})
        throw error
      }
      await handle.close()
      await settle(temporary, sha256)
      return sha256
    },
    read: (sha256) =>
      readFile(pathOf(sha256)).catch((error) => {
        // A sweep has just taken it aside and puts it back: a row named it again.
        if (error.code === 'ENOENT')
          return readFile(asideOf(pathOf(sha256))).catch(() => readFile(pathOf(sha256)))
        throw error
      }),
    stream: (sha256) => createReadStream(pathOf(sha256)),
    async remove(sha256) {
      await unlink(pathOf(sha256)).catch((error) => {
        if (error.code !== 'ENOENT') throw error
      })
    },
    async probe() {
      await probe()
    },
    forget: (hashes, named) => forgetFiles(root, hashes, named),
    sweep: async (named, age) => sweepFolder(root, named, (await probe()) - age),
  }
}

/** Whether the file is there, and young again from now on: a sweep that has its eye on it leaves it (sweep-folder.ts). */
async function isThere(path: string, size: number): Promise<boolean> {
  const now = new Date()
  try {
    if ((await stat(path)).size !== size) return false
    await utimes(path, now, now)
    return true
  } catch {
    return false
  }
}
