// What the two commands say, in the language of whoever runs them.
import { text } from '#platform/texts/texts.ts'
import { CommandFailed } from '../command.ts'
import { NoRestore } from './restore.ts'
import { BadBackup } from './seal.ts'

/** From the flag or FOYER_PASSPHRASE; without one nothing is written and nothing is read. */
export function passphraseOf(flag: string | undefined, language: string): string {
  const given = flag ?? process.env.FOYER_PASSPHRASE
  if (!given) throw new CommandFailed(text(language, 'backup:no_passphrase'), 2)
  return given
}

/** What went wrong as a sentence. */
export async function readably<T>(language: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BadBackup) throw new CommandFailed(text(language, `backup:bad.${error.code}`))
    if (error instanceof NoRestore)
      throw new CommandFailed(text(language, `backup:refused.${error.code}`, error.params))
    const { code, path } = error as NodeJS.ErrnoException
    if (code && known.has(code)) throw new CommandFailed(text(language, `backup:system.${code}`, { path }))
    throw error
  }
}
const known = new Set(['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR', 'EROFS'])

/** 1 234 567 bytes as "1.2 MB". */
export function sizeIn(language: string, bytes: number): string {
  const [unit, factor] = bytes < 1e6 ? ['kilobyte', 1e3] : bytes < 1e9 ? ['megabyte', 1e6] : ['gigabyte', 1e9]
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: String(unit),
    maximumFractionDigits: 1,
  }).format(bytes / Number(factor))
}
