import { text as readAll } from 'node:stream/consumers'
import { CommandFailed } from './command.ts'

/** From the flag, FOYER_PASSWORD, or the first line of stdin when that is not a terminal. */
export async function readPassword(flag: string | undefined): Promise<string> {
  const given = flag ?? process.env.FOYER_PASSWORD
  if (given) return given
  if (!process.stdin.isTTY) {
    const [line] = (await readAll(process.stdin)).split(/\r?\n/)
    if (line) return line
  }
  throw new CommandFailed('Give a password: --password, FOYER_PASSWORD, or on stdin.', 2)
}
