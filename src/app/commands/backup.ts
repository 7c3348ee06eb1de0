import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '#platform/config/config.ts'
import { clusterOf } from '#platform/db/cluster-place.ts'
import { connect } from '#platform/db/connect.ts'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { openFolderStore } from '#platform/files/files.ts'
import { recognizeStore } from '#platform/files/recognize-store.ts'
import { recognizeSecret } from '#platform/secrets/recognize-secret.ts'
import { loadSecret, openSecrets } from '#platform/secrets/secrets.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'
import { languageOf, text } from '#platform/texts/texts.ts'
import { passphraseOf, readably, sizeIn } from '../backup/words.ts'
import { probeTarget, writeBackup } from '../backup/write-backup.ts'
import { type Command, CommandFailed } from '../command.ts'
import { findDatabase } from '../offline.ts'

const help = `foyer backup FILE [--passphrase WORDS, or FOYER_PASSPHRASE] [--data ./var] [--language en|ru] [--json]

Writes the whole desk into one file, while it runs or not: every table as of one moment, every file, the secret.
The file is packed and sealed with the passphrase: without it nobody reads it, and nobody restores it, you neither.
A file of that name is replaced when the new one is whole. Exit 1 when a file of the desk is missing or damaged; the
backup then has everything else and says which.

What was erased stays in older backups until it is erased again at their restore: keep erasures.jsonl of the data
folder with them (docs/guides/backup.md).`

const backup: Command = {
  summary: 'the whole desk into one file, while it runs',
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        passphrase: { type: 'string' },
        data: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const language = languageOf(values.language ?? process.env.LC_ALL ?? process.env.LANG)
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new CommandFailed(text(language, 'backup:which_file'), 2)
    const passphrase = passphraseOf(values.passphrase, language)
    const written = await readably(language, async () => {
      await probeTarget(file)
      return withDesk(readConfig({ data: values.data }), (source) => writeBackup(source, file, passphrase))
    })
    const { path, size, tables, rows, files, missing } = written
    if (values.json) console.log(JSON.stringify(written))
    else {
      const counts = { tables, rows, files, path, size: sizeIn(language, size) }
      console.log(text(language, 'backup:written', counts))
    }
    if (missing.length === 0) return 0
    console.error(text(language, 'backup:missing', { count: missing.length, names: missing.join('\n') }))
    return 1
  },
}
export default backup

interface Source {
  db: Db
  files: ReturnType<typeof openFolderStore>
  secret: string
  now: Date
  foyer: string
}

/** The desk as it is: nothing is made and no schema is brought up to date for a backup. */
async function withDesk<T>(config: Config, work: (source: Source) => Promise<T>): Promise<T> {
  const { data, databaseUrl } = config
  if (!databaseUrl && !existsSync(clusterOf(data)))
    throw new CommandFailed(`There is no desk in ${data}. Name its folder with --data, or set DATABASE_URL.`)
  if (!process.env.FOYER_SECRET && !existsSync(join(data, 'secret')))
    throw new CommandFailed(
      `There is no secret in ${data}. Name the desk's folder with --data, or set FOYER_SECRET.`,
    )
  const database = await findDatabase(config)
  const db = openDatabase({ url: database.url, size: 3, applicationName: 'foyer backup' })
  try {
    await connect(db, database.url)
    if ((await readSetting(db, 'file_store').catch(() => null)) === null)
      throw new CommandFailed('This database has no desk yet: there is nothing to back up.')
    const secret = loadSecret(data)
    await recognizeSecret(db, openSecrets(secret).keyId)
    await recognizeStore(db, join(data, 'files'))
    const now = new Date()
    const files = openFolderStore(join(data, 'files'))
    const result = await work({ db, files, secret, now, foyer: await version() })
    await writeSetting(db, 'last_backup', { at: now.toISOString() })
    return result
  } finally {
    await db.destroy()
    await database.release()
  }
}

const version = async () =>
  JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')).version as string
