// A desk of its own as a process, and a mailbox it fetches from: what the long fault tests begin with.
import assert from 'node:assert/strict'
import { openClient } from '../desk.ts'
import type { MailServer } from '../mail-server.ts'
import { type FoyerProcess, runFoyer } from '../process.ts'

/** Sets a desk up in an empty folder. @returns an administrator's API key */
export async function setUpIn(data: string): Promise<string> {
  const foyer = async (...args: string[]) => {
    const { code, out, err } = await runFoyer([...args, '--data', data])
    assert.equal(code, 0, err)
    return out.trim()
  }
  await foyer('setup', '--name', 'A', '--email', 'a@example.com', '--password', 'correct horse battery')
  return foyer('api-key', 'create', '--agent', 'a@example.com')
}

/** The account `u` of the server, from now on. */
export async function connectMailbox(
  { address }: Pick<FoyerProcess, 'address'>,
  key: string,
  { port, password }: Pick<MailServer, 'port' | 'password'>,
): Promise<void> {
  const admin = openClient(address, key)
  const { body } = await admin.get<{ items: { id: string }[] }>('/inboxes')
  const imap = { host: '127.0.0.1', port, security: 'none', username: 'u', password }
  const { status } = await admin.post('/channels', {
    kind: 'mail',
    inbox: body.items[0]!.id,
    since: 'now',
    imap,
  })
  assert.equal(status, 201)
}
