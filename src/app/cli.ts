// `foyer …`: one file per command in ./commands, found by name.
import { setFlagsFromString } from 'node:v8'
import { BadConfig } from '#platform/config/config.ts'
import { isDatabaseAway } from '#platform/db/db.ts'
import { Mendable } from '#platform/errors/mendable.ts'
import { Refusal } from '#platform/errors/refuse.ts'
import { text } from '#platform/texts/texts.ts'
import { type Command, CommandFailed } from './command.ts'

const commands: Record<string, () => Promise<{ default: Command }>> = {
  start: () => import('./commands/start.ts'),
  doctor: () => import('./commands/doctor.ts'),
  setup: () => import('./commands/setup.ts'),
  agent: () => import('./commands/agent.ts'),
  demo: () => import('./commands/demo.ts'),
  'api-key': () => import('./commands/api-key.ts'),
  channel: () => import('./commands/channel.ts'),
  mail: () => import('./commands/mail.ts'),
  ledger: () => import('./commands/ledger.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
}

/** What was refused, in words: the fields that are wrong, else the reason. */
function refusalWords({ code, params, errors }: Refusal): string {
  if (errors.length === 0) return text('en', `errors:${code}`, params)
  return errors
    .map(({ field, code, params }) => `${field}: ${text('en', `errors:field.${code}`, params)}`)
    .join('\n')
}

async function help(): Promise<number> {
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  foyer ${name.padEnd(10)} ${(await load()).default.summary}`,
    ),
  )
  console.log(
    `Foyer, one door for every customer question.\n\n${lines.join('\n')}\n\nfoyer COMMAND --help tells more.`,
  )
  return 0
}

export async function main(argv: string[]): Promise<number> {
  const [name, ...args] = argv
  if (!name || name === '--help' || name === 'help') return help()
  const load = commands[name]
  if (!load) {
    console.error(`There is no command ${JSON.stringify(name)}. foyer --help lists them.`)
    return 2
  }
  const command = (await load()).default
  if (args.includes('--help')) {
    console.log(command.help)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    if (error instanceof CommandFailed) {
      console.error(error.message)
      return error.exitCode
    }
    if (error instanceof Refusal) {
      console.error(refusalWords(error))
      return 1
    }
    if (error instanceof BadConfig || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
      console.error((error as Error).message)
      return 2
    }
    if (isDatabaseAway(error)) {
      console.error(`The database does not answer (${(error as Error).message}). Is it running?`)
      return 1
    }
    // What can be mended is said in a sentence; a stack is for bugs.
    console.error(error instanceof Mendable ? error.message : error)
    return 1
  }
}

// Loading modules makes so much short-lived garbage that V8 would keep 60 MB for it ever after. `start` lets its
// young space grow again once it is ready.
setFlagsFromString('--semi-space-growth-factor=1')
process.exitCode = await main(process.argv.slice(2))
