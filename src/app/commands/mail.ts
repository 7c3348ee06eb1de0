import { access, constants } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { maxMailSize } from '#channels/email/smtp-door.ts'
import { type ImportOptions, importMails } from '#flows/receive/import-mails.ts'
import { knownInboxes } from '#flows/receive/known-inboxes.ts'
import { openReceiver, type Receiver } from '#flows/receive/receiver.ts'
import { turnAwayTooLarge } from '#flows/receive/too-large.ts'
import { readConfig } from '#platform/config/config.ts'
import type { House } from '#platform/house.ts'
import { sha256 } from '#platform/secrets/secrets.ts'
import { openChannels } from '../channels.ts'
import { type Command, CommandFailed } from '../command.ts'
import { withHouse } from '../offline.ts'

const help = `foyer mail --inbox ADDRESS < message.eml
foyer mail import PATH… --inbox ADDRESS [--json] [--as history|live]

The first takes one message from a pipe (a mail server's alias); it exits 75 when it should be tried again.

The second takes .eml files, folders of them, Maildir and mbox, and waits for what becomes of each. As history (the
default) they come in silently: closed, nothing unread, nothing sent, mails from our own address as our replies. As
live they are treated as if they had just been received. What is there already is ignored as a duplicate.

  --json   one line of JSON per message: source, outcome, reason, conversation, message
  --data   the data folder (./var)`

/** sysexits.h: what mail servers understand. */
const exitData = 65
const exitNoUser = 67
const exitTryAgain = 75

const mail: Command = {
  summary: 'takes mail in: one from a pipe, or a whole archive',
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        inbox: { type: 'string' },
        json: { type: 'boolean', default: false },
        as: { type: 'string', default: 'history' },
        data: { type: 'string' },
      },
    })
    const [verb, ...paths] = positionals
    const { inbox, json, as: mode } = values
    if (!inbox || (verb !== undefined && verb !== 'import') || (mode !== 'history' && mode !== 'live'))
      throw new CommandFailed(help, 2)
    const config = readConfig({ data: values.data })
    if (verb === 'import') {
      if (paths.length === 0) throw new CommandFailed('foyer mail import needs at least one path.', 2)
      await refuseUnreadable(paths)
      return withHouse(config, (house) =>
        withReceiver(house, inbox, (receiver, id) =>
          takeArchive(house, receiver, { paths, inbox: id, mode }, json),
        ),
      )
    }
    const raw = await buffer(process.stdin)
    try {
      return await withHouse(config, (house) =>
        withReceiver(house, inbox, (receiver, id) => takeOne(house, receiver, id, raw)),
      )
    } catch (error) {
      if (error instanceof CommandFailed) throw error
      // Nothing of it is kept: the mail server holds it and comes again.
      throw new CommandFailed(`Not taken, try again later: ${(error as Error).message}`, exitTryAgain)
    }
  },
}
export default mail

/** Before anything is taken in: a slip of the pen in the last path must not leave half an import. */
async function refuseUnreadable(paths: string[]): Promise<void> {
  for (const path of paths)
    await access(path, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'is not there' : `cannot be read (${error.code})`
      throw new CommandFailed(`${path} ${why}.`)
    })
}

async function withReceiver<T>(
  house: House,
  address: string,
  work: (receiver: Receiver, inbox: string) => Promise<T>,
): Promise<T> {
  const inbox = await knownInboxes(house.db)(address)
  if (!inbox) throw new CommandFailed(`There is no inbox ${address}.`, exitNoUser)
  const channels = openChannels(house)
  const receiver = openReceiver(house, { channel: channels.reader, works: true, lanes: 4 })
  try {
    return await work(receiver, inbox)
  } finally {
    await receiver.close()
    await channels.close()
  }
}

async function takeOne(house: House, receiver: Receiver, inbox: string, raw: Buffer): Promise<number> {
  const envelope = { channel: null, envelopeFrom: process.env.SENDER || null, envelopeTo: [] }
  if (raw.length === 0) throw new CommandFailed('Nothing came from the pipe.', exitData)
  if (raw.length > maxMailSize) {
    const refused = { door: 'pipe' as const, channel: null, inbox, sha256: sha256(raw), size: raw.length }
    const told = await turnAwayTooLarge(house, {
      ...refused,
      head: raw,
      envelopeFrom: process.env.SENDER ?? null,
    })
    // Who is told by us need not hear it from the mail server, too; and no machine is to hear it at all.
    console.log(`refused (too_big): larger than ${maxMailSize} bytes${told ? '; its sender is told' : ''}`)
    return 0
  }
  const kept = {
    ...envelope,
    door: 'pipe' as const,
    kind: null,
    inboxes: [inbox],
    sourceKey: null,
    raw,
    remote: null,
  }
  const [receipt] = await receiver.receive({ ...kept, mode: 'live', wait: true })
  const settled = await receipt!.settled
  const where = settled?.conversation ? `, conversation ${settled.conversation}` : ''
  console.log(`${settled?.outcome ?? 'kept'}${settled?.reason ? ` (${settled.reason})` : ''}${where}`)
  return 0
}

async function takeArchive(
  house: House,
  receiver: Receiver,
  options: ImportOptions,
  json: boolean,
): Promise<number> {
  const counts = new Map<string, number>()
  for await (const one of importMails(house, receiver, options)) {
    counts.set(one.outcome, (counts.get(one.outcome) ?? 0) + 1)
    if (json) console.log(JSON.stringify(one))
    else if (one.outcome === 'quarantined' || one.outcome === 'refused' || one.outcome === 'failed')
      console.error(`${one.source}: ${one.outcome} (${one.reason})`)
  }
  if (!json) {
    const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
    console.log(
      `${total} ${total === 1 ? 'mail' : 'mails'}: ${[...counts].map(([outcome, n]) => `${n} ${outcome}`).join(', ') || 'none'}`,
    )
  }
  return counts.has('refused') ? 1 : 0
}
