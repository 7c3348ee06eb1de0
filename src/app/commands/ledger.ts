import { parseArgs } from 'node:util'
import type { LedgerSums } from '#features/ledger/ledger.contract.ts'
import { isAccountedFor, sums } from '#features/ledger/ledger.ts'
import { readConfig } from '#platform/config/config.ts'
import { languageOf, text } from '#platform/texts/texts.ts'
import type { Command } from '../command.ts'
import { withHouse } from '../offline.ts'

const help = `foyer ledger [--json] [--language en|ru] [--data ./var]

Counts what came in at the doors against what became of it, and what was to be sent against what became of that.
Exits 1 when there is a difference: then something was lost or made up.`

const ledger: Command = {
  summary: 'accounts for every message, in and out',
  help,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, language: { type: 'string' }, data: { type: 'string' } },
    })
    const sheet = await withHouse(readConfig({ data: values.data }), ({ db }) => sums(db))
    if (values.json) console.log(JSON.stringify(sheet))
    else say(sheet, languageOf(values.language ?? process.env.LC_ALL ?? process.env.LANG))
    return isAccountedFor(sheet) ? 0 : 1
  },
}
export default ledger

/** A line per side on stdout; what differs, and what to do, on stderr. */
function say(sheet: LedgerSums, language: string): void {
  for (const [side, { total, difference, ...parts }] of Object.entries(sheet)) {
    if (side === 'demo' && total === 0 && difference === 0) continue
    const words = Object.entries(parts).map(([what, count]) =>
      text(language, `ledger:part.${what}`, { count }),
    )
    const line = text(language, `ledger:${side}`, { count: total })
    console.log(words.length > 0 ? `${line}: ${words.join(', ')}.` : `${line}.`)
    if (difference > 0) console.error(text(language, `ledger:missing.${side}`, { count: difference }))
    if (difference < 0) console.error(text(language, `ledger:surplus.${side}`, { count: -difference }))
  }
  console[isAccountedFor(sheet) ? 'log' : 'error'](
    text(language, isAccountedFor(sheet) ? 'ledger:well' : 'ledger:todo'),
  )
}
