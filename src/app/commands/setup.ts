import { parseArgs } from 'node:util'
import type { Language } from '#features/agents/agents.contract.ts'
import { setUp } from '#features/sign-in/sign-in.ts'
import { readConfig } from '#platform/config/config.ts'
import { Refusal } from '#platform/errors/refuse.ts'
import { text } from '#platform/texts/texts.ts'
import { type Command, CommandFailed } from '../command.ts'
import { withHouse } from '../offline.ts'
import { readPassword } from '../password.ts'

const help = `foyer setup --name N --email E [--password P] [--language en|ru] [--inbox-name Support] [--inbox-address support@example.com] [--data ./var]

The first run without a browser: the first administrator, his team and the first inbox. The desk may run or not.
The password comes from --password, FOYER_PASSWORD or stdin. Exit code 3 when the first run was done before.`

const setup: Command = {
  summary: 'does the first run without a browser',
  help,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        name: { type: 'string' },
        email: { type: 'string' },
        password: { type: 'string' },
        language: { type: 'string', default: 'en' },
        'inbox-name': { type: 'string' },
        'inbox-address': { type: 'string', default: 'support@example.com' },
        data: { type: 'string' },
      },
    })
    const { name, email: address, language } = values
    if (!name || !address) throw new CommandFailed('foyer setup needs --name and --email.', 2)
    if (language !== 'en' && language !== 'ru') throw new CommandFailed('--language must be en or ru.', 2)
    const given = {
      name,
      address,
      password: await readPassword(values.password),
      language: language as Language,
      inboxName: values['inbox-name'] ?? text(language, 'people:firstTeam'),
      inboxAddress: values['inbox-address'],
    }
    return withHouse(readConfig({ data: values.data }), async (house) => {
      try {
        await setUp(house, given)
      } catch (error) {
        if (error instanceof Refusal && error.code === 'setup_done')
          throw new CommandFailed('The first run was done before. Sign in, or use foyer agent add.', 3)
        throw error
      }
      console.log(`${given.name} is administrator; sign in as ${address}.`)
      return 0
    })
  },
}
export default setup
