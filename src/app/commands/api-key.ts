import { parseArgs } from 'node:util'
import { agentByAddress, findAgent } from '#features/agents/agents.ts'
import { createApiKey } from '#features/sign-in/sign-in.ts'
import { readConfig } from '#platform/config/config.ts'
import { inTransaction } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import { mailAddress } from '#shared/address/address.ts'
import { type Command, CommandFailed } from '../command.ts'
import { withHouse } from '../offline.ts'

const help = `foyer api-key create --agent E [--name N] [--data ./var]

Makes an API key that acts as the agent (his address, or his id) and prints it, alone and once.`

const apiKey: Command = {
  summary: 'makes an API key',
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        agent: { type: 'string' },
        name: { type: 'string', default: 'command line' },
        data: { type: 'string' },
      },
    })
    if (positionals.join(' ') !== 'create') throw new CommandFailed(help, 2)
    const named = values.agent
    if (!named) throw new CommandFailed('foyer api-key create needs --agent.', 2)
    return withHouse(readConfig({ data: values.data }), async (house) => {
      const found = /^\d+$/.test(named)
        ? await findAgent(house.db, named)
        : await agentByAddress(house.db, mailAddress(named) ?? named)
      if (!found || found.state === 'removed') throw new CommandFailed(`There is no agent ${named}.`)
      const by = { at: house.clock.now(), actor: system }
      const { key } = await inTransaction(house.db, (tx) => createApiKey(tx, by, found.id, values.name))
      console.log(key)
      return 0
    })
  },
}
export default apiKey
