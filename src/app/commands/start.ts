import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { isSetUp } from '#features/agents/agents.ts'
import { setupCode } from '#features/sign-in/sign-in.ts'
import { readConfig } from '#platform/config/config.ts'
import { log } from '#platform/log/log.ts'
import type { Command } from '../command.ts'
import { ensureConsole } from '../console.ts'
import { fillWhenEmpty, isDemo } from '../demo/demo.ts'
import { openDesk } from '../desk.ts'

const help = `foyer start [--host 127.0.0.1] [--port 3000] [--smtp-port 2525] [--data ./var] [--demo] [--role all|web|worker]

Runs the desk: console, API, mail in and out, and, unless DATABASE_URL is set, PostgreSQL below --data.
Prints "Foyer is ready at http://…" when it answers. Ctrl-C stops it.

  --host       the address to listen on; anything but 127.0.0.1 opens the desk to others
  --port       of the console and the API; 0 picks a free one
  --smtp-port  of the built-in mail receiver; 0 picks a free one
  --data       the folder of database, files and secret
  --demo       fills an empty desk with people and conversations to look at; its customers answer for an hour
  --role       web answers requests, worker does what is due; several of each share one DATABASE_URL and --data
  --test-clock time stands still until PUT /api/v1/test/clock; for tests

Environment: FOYER_HOST, FOYER_PORT, FOYER_SMTP_PORT, FOYER_DATA, FOYER_URL, DATABASE_URL, FOYER_SECRET,
FOYER_SMTP_CERT, FOYER_SMTP_KEY, FOYER_MAIL_SERVER, FOYER_ARC_SEALERS.`

const options = {
  host: { type: 'string' },
  port: { type: 'string' },
  'smtp-port': { type: 'string' },
  data: { type: 'string' },
  role: { type: 'string' },
  demo: { type: 'boolean' },
  'test-clock': { type: 'boolean' },
} as const

/** Fulfilled at the first signal to stop. Later ones change nothing: stopping is bounded anyway. */
function signalled(): { stopped: Promise<void>; signal: AbortSignal } {
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(name, () => {
        stopping.abort()
        resolve()
      })
  })
  return { stopped, signal: stopping.signal }
}

const start: Command = {
  summary: 'runs the desk',
  help,
  async run(args) {
    const { values } = parseArgs({ args, options })
    const config = readConfig(values)
    const { stopped, signal } = signalled()
    const consoleReady = config.role === 'worker' ? Promise.resolve() : ensureConsole(log, signal)
    // Nothing that still hangs (a socket to a dead server) may keep a stopped desk alive.
    const leave = () => void setTimeout(() => process.exit(), 500).unref()
    const say = (line: string) => console.error(line)
    const desk = await openDesk(config, { consoleReady, say }).catch((error) => {
      leave()
      throw error
    })
    if (values.demo && config.role !== 'web') await fillWhenEmpty(desk.house)
    if (values.demo && config.role === 'all' && (await isDemo(desk.house))) desk.simulate()
    setFlagsFromString('--semi-space-growth-factor=2')
    if (!signal.aborted) {
      if (desk.address && !(await isSetUp(desk.house.db)))
        console.error(
          `Nobody is here yet. Open ${desk.house.url} for the first run; from another machine it asks for the code ${setupCode(desk.house)}`,
        )
      console.log(config.role === 'worker' ? 'Foyer worker is ready' : `Foyer is ready at ${desk.address}`)
      await stopped
    }
    await desk.close()
    leave()
    return 0
  },
}
export default start
