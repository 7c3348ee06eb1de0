// One process per data folder with an embedded database. The hold is a listening socket named after the folder: it
// dies with its process, however that ends, so there is nothing left over to be cleaned up or mistaken.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Mendable } from '../errors/mendable.ts'

/** The folder is being used by another process. */
export class FolderInUse extends Mendable {
  constructor(folder: string) {
    super(`Foyer is running on ${folder} already. Stop it first, or give another folder with --data.`)
  }
}

function socketOf(folder: string): string {
  const name = `foyer-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  // Linux: a name without a file, gone with its process.
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

/** Whether a process holds the folder. */
export async function isHeld(folder: string): Promise<boolean> {
  const socket = connect(socketOf(folder))
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Holds the folder until release() or the end of the process; throws FolderInUse. */
export async function holdFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const path = socketOf(folder)
  const server = createServer((socket) => socket.destroy())
  const take = async () => {
    server.listen(path)
    await once(server, 'listening')
  }
  try {
    await take()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    if (process.platform === 'linux' || (await isHeld(folder))) throw new FolderInUse(folder)
    // A socket file whose process is gone.
    rmSync(path, { force: true })
    await take()
  }
  server.unref()
  return {
    async release() {
      server.close()
      await once(server, 'close')
    },
  }
}
