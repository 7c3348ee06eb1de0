import { parseArgs } from 'node:util'
import { readConfig } from '#platform/config/config.ts'
import { languageOf, text } from '#platform/texts/texts.ts'
import type { Command } from '../command.ts'
import { examine } from '../doctor/examine.ts'

const help = `foyer doctor [--data ./var] [--host 127.0.0.1] [--port 3000] [--smtp-port 2525] [--language en|ru] [--json]

Looks at everything a desk needs, whether it runs or not, and changes nothing: Node, folders, secret, database,
schema, files, disk, clock, ports, console, channels, ledger. Each line says what is well, or what is wrong and how
to mend it. Exit 1 when something is wrong.`

const doctor: Command = {
  summary: 'what is wrong and how to mend it',
  help,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        'smtp-port': { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const language = languageOf(values.language ?? process.env.LC_ALL ?? process.env.LANG)
    const findings = await examine(readConfig(values))
    for (const { check, ok, code, params } of findings) {
      const words = text(language, `doctor:${check}.${code}`, params)
      console.log(
        values.json
          ? JSON.stringify({ check, ok, code, text: words })
          : `${text(language, `doctor:${ok ? 'well' : 'wrong'}`).padEnd(8)}${words}`,
      )
    }
    return findings.every((finding) => finding.ok) ? 0 : 1
  },
}
export default doctor
