import { parseArgs } from 'node:util'
import { addAgent, isSetUp } from '#features/agents/agents.ts'
import { addMember, makeInvitation } from '#features/sign-in/sign-in.ts'
import { readConfig } from '#platform/config/config.ts'
import { inTransaction } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import { type Command, CommandFailed } from '../command.ts'
import { withHouse } from '../offline.ts'

const help = `foyer agent add --name N --email E [--password P] [--role admin|agent] [--language en|ru] [--data ./var]

Adds an agent without a mailed invitation. With --password (or FOYER_PASSWORD) he can sign in at once;
without, the link by which he chooses one is printed.`

const agent: Command = {
  summary: 'adds an agent',
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        email: { type: 'string' },
        password: { type: 'string' },
        role: { type: 'string', default: 'agent' },
        language: { type: 'string', default: 'en' },
        data: { type: 'string' },
      },
    })
    if (positionals.join(' ') !== 'add') throw new CommandFailed(help, 2)
    const { name, email: address, role, language } = values
    if (!name || !address) throw new CommandFailed('foyer agent add needs --name and --email.', 2)
    if (role !== 'admin' && role !== 'agent') throw new CommandFailed('--role must be admin or agent.', 2)
    if (language !== 'en' && language !== 'ru') throw new CommandFailed('--language must be en or ru.', 2)
    const password = values.password ?? process.env.FOYER_PASSWORD
    return withHouse(readConfig({ data: values.data }), async (house) => {
      if (!(await isSetUp(house.db)))
        throw new CommandFailed('The desk is empty: the first person comes by foyer setup.')
      const by = { at: house.clock.now(), actor: system }
      const newcomer = { name, address, role, language } as const
      const link = await inTransaction(house.db, async (tx) => {
        if (!password) return makeInvitation(house, tx, await addAgent(tx, by, newcomer))
        await addMember(house, tx, by, { ...newcomer, password })
        return null
      })
      console.log(link ?? `${name} is here and signs in as ${address}.`)
      return 0
    })
  },
}
export default agent
