import { parseArgs } from 'node:util'
import { readConfig } from '#platform/config/config.ts'
import { languageOf, text } from '#platform/texts/texts.ts'
import { checkBackup } from '../backup/check-backup.ts'
import { restore as restoreFrom } from '../backup/restore.ts'
import { passphraseOf, readably, sizeIn } from '../backup/words.ts'
import { type Command, CommandFailed } from '../command.ts'

const help = `foyer restore FILE [--passphrase WORDS, or FOYER_PASSPHRASE] [--data ./var] [--check] [--language en|ru] [--json]

Brings a desk back from a backup, into an empty place only: a data folder without a desk in it and, with DATABASE_URL,
an empty database. The whole file is checked before anything is made, every hash again while it is written; what fails
leaves nothing behind. A backup of an older Foyer is brought up to date. Then: foyer start.

  --check  reads and checks the file and changes nothing

What was erased since the backup is erased again: put erasures.jsonl of the old data folder into the new one first.
Mail that was on its way when the backup was made may have been sent since: it is held until a person decides.`

const restore: Command = {
  summary: 'a desk back from its backup, into an empty place',
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        passphrase: { type: 'string' },
        data: { type: 'string' },
        check: { type: 'boolean' },
        language: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const language = languageOf(values.language ?? process.env.LC_ALL ?? process.env.LANG)
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new CommandFailed(text(language, 'backup:which_file'), 2)
    const passphrase = passphraseOf(values.passphrase, language)
    const config = readConfig({ data: values.data })
    const { secret: _, ...done } = await readably(language, async () =>
      values.check
        ? { ...(await checkBackup(file, passphrase)), held: 0, erased: 0, upgraded: 0 }
        : restoreFrom(config, file, passphrase, new Date()),
    )
    const { header, tables, rows, files, bytes, missing, held, erased } = done
    const at = new Date(header.madeAt).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' })
    const params = { at, tables, rows, files, size: sizeIn(language, bytes), folder: config.data }
    if (values.json) console.log(JSON.stringify({ ...done, header: undefined, madeAt: header.madeAt }))
    else console.log(text(language, values.check ? 'backup:checked' : 'backup:restored', params))
    if (erased > 0) console.error(text(language, 'backup:erased', { count: erased }))
    if (held > 0) console.error(text(language, 'backup:held', { count: held }))
    if (missing.length > 0)
      console.error(text(language, 'backup:lacks', { count: missing.length, names: missing.join('\n') }))
    return 0
  },
}
export default restore
