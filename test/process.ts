// `foyer …` as people run it: a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../src/app/cli.ts', import.meta.url))

export interface FoyerProcess {
  child: ChildProcess
  /** everything said so far */
  out(): string
  err(): string
  /** the address of the ready line */
  address: string
  /** SIGTERM; @returns exit code and how long it took, ms */
  stop(): Promise<{ code: number | null; took: number }>
  /** kill −9 */
  kill(): Promise<void>
  /** exit code; null when a signal ended it */
  ended: Promise<number | null>
}

export interface RunOptions {
  env?: Record<string, string | undefined>
  cwd?: string
  uid?: number
  gid?: number
  input?: string
  /** of console and mail door; free ones where none are given */
  ports?: [number, number]
  /** gets the process before it is ready */
  onLaunch?(launched: FoyerProcess): void
}

function launch(args: string[], { env, cwd, uid, gid, input }: RunOptions): FoyerProcess {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    uid,
    gid,
    env: { ...process.env, DATABASE_URL: undefined, FOYER_SECRET: undefined, FOYER_SKIP_BUILD: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin!.end(input ?? '')
  let out = ''
  let err = ''
  child.stdout!.on('data', (chunk) => {
    out += chunk
  })
  child.stderr!.on('data', (chunk) => {
    err += chunk
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    out: () => out,
    err: () => err,
    address: '',
    ended,
    async stop() {
      const began = performance.now()
      child.kill('SIGTERM')
      return { code: await ended, took: performance.now() - began }
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs a command to its end. */
export async function runFoyer(args: string[], options: RunOptions = {}) {
  const started = launch(args, options)
  const tooLong = setTimeout(() => started.child.kill('SIGKILL'), 180_000)
  const code = await started.ended
  clearTimeout(tooLong)
  return { code, out: started.out(), err: started.err() }
}

/** Starts `foyer start` on free ports and waits for its ready line; throws with what it said when it ends instead. */
export async function startFoyer(args: string[] = [], options: RunOptions = {}): Promise<FoyerProcess> {
  const [port, smtpPort] = options.ports ?? [0, 0]
  const started = launch(['start', '--port', `${port}`, '--smtp-port', `${smtpPort}`, ...args], options)
  options.onLaunch?.(started)
  const ready = new Promise<string>((resolve) => {
    started.child.stdout!.on('data', () => {
      const line = /^Foyer (?:is ready at (http:\S+)|worker is ready)$/m.exec(started.out())
      if (line) resolve(line[1] ?? '')
    })
  })
  const address = await Promise.race([
    ready,
    started.ended.then((code) => {
      throw new Error(`foyer start ended with ${code}: ${started.out()}${started.err()}`)
    }),
  ])
  return Object.assign(started, { address })
}
