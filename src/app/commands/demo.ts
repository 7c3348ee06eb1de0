import { parseArgs } from 'node:util'
import { readConfig } from '#platform/config/config.ts'
import { type Command, CommandFailed } from '../command.ts'
import { makeCast, setUpIfEmpty } from '../demo/cast.ts'
import { sayWhoSignsIn } from '../demo/demo.ts'
import { fillLarge } from '../demo/fill-large.ts'
import { fillSmall } from '../demo/fill-small.ts'
import { withHouse } from '../offline.ts'

const help = `foyer demo [--conversations N] [--seed S] [--data ./var]

Fills the desk with people and conversations to look at: a small lively one, or with --conversations N one of any
size (about four messages each, up to 20 000 customers, one in twenty open, English and Russian), the same for the
same seed. Nothing is sent. What it brings is counted apart in the ledger. The desk may run or not.`

const demo: Command = {
  summary: 'fills the desk with people and conversations to look at',
  help,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        conversations: { type: 'string' },
        seed: { type: 'string', default: '1' },
        data: { type: 'string' },
      },
    })
    const conversations = wholeNumber('--conversations', values.conversations ?? '0')
    const seed = wholeNumber('--seed', values.seed)
    return withHouse(readConfig({ data: values.data }), async (house) => {
      const admin = await setUpIfEmpty(house)
      const cast = await makeCast(house)
      const began = performance.now()
      const onProgress = (done: string) => console.error(done)
      if (conversations > 0) await fillLarge(house, cast, { conversations, seed, onProgress })
      const number = conversations || (await fillSmall(house, cast, seed))
      const seconds = Math.round((performance.now() - began) / 1000)
      console.log(`${number} conversations are there, after ${seconds} s.`)
      if (admin) sayWhoSignsIn(admin)
      return 0
    })
  },
}
export default demo

function wholeNumber(flag: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new CommandFailed(`${flag} must be a whole number.`, 2)
  return Number(value)
}
