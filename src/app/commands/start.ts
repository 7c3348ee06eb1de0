import { parseArgs } from 'node:util'
import { isSetUp } from '#features/agents/agents.ts'
import { setupCode } from '#features/sign-in/sign-in.ts'
import { readConfig } from '#platform/config/config.ts'
import type { Command } from '../command.ts'
import { openDesk } from '../desk.ts'

const help = `foyer start [--host 127.0.0.1] [--port 3000] [--smtp-port 2525] [--data ./var] [--demo] [--role all|web|worker]

Runs the desk: console, API, mail in and out, and, unless DATABASE_URL is set, PostgreSQL below --data.
Prints "Foyer is ready at http://…" when it answers. Ctrl-C stops it.`

const start: Command = {
  summary: 'runs the desk',
  help,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        'smtp-port': { type: 'string' },
        data: { type: 'string' },
        role: { type: 'string' },
        demo: { type: 'boolean' },
        'test-clock': { type: 'boolean' },
      },
    })
    const config = readConfig(values)
    const stopped = new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    })
    const desk = await openDesk(config)
    if (desk.address && !(await isSetUp(desk.house.db)))
      console.error(
        `Nobody is here yet. Open ${desk.house.url} for the first run; from another machine it asks for the code ${setupCode(desk.house)}`,
      )
    console.log(config.role === 'worker' ? 'Foyer worker is ready' : `Foyer is ready at ${desk.address}`)
    await stopped
    await desk.close()
    return 0
  },
}
export default start
