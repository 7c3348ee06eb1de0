import { parseArgs } from 'node:util'
import { sums } from '#features/ledger/ledger.ts'
import { readConfig } from '#platform/config/config.ts'
import type { Command } from '../command.ts'
import { withHouse } from '../offline.ts'

const help = `foyer ledger [--json] [--data ./var]

Counts what came in at the doors against what became of it, and what was to be sent against what became of that.
Exits 1 when there is a difference: then something was lost.`

const ledger: Command = {
  summary: 'accounts for every message, in and out',
  help,
  async run(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, data: { type: 'string' } } })
    const sheet = await withHouse(readConfig({ data: values.data }), ({ db }) => sums(db))
    if (values.json) console.log(JSON.stringify(sheet))
    else
      for (const [side, { total, difference, ...parts }] of Object.entries(sheet))
        console.log(line(side, total, parts, difference))
    return sheet.received.difference === 0 && sheet.outgoing.difference === 0 ? 0 : 1
  },
}
export default ledger

function line(side: string, total: number, parts: Record<string, number>, difference: number): string {
  const words = Object.entries(parts).map(([what, n]) => `${n} ${what}`)
  const end =
    difference === 0 ? 'none missing' : `${Math.abs(difference)} ${difference > 0 ? 'missing' : 'too many'}`
  return `${side}: ${total} = ${words.join(' + ')}; ${end}`
}
