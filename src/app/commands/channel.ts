import { parseArgs } from 'node:util'
import type { SideTest } from '#channels/channel.ts'
import type { ServerInput } from '#features/connections/connections.contract.ts'
import * as connections from '#features/connections/connections.ts'
import { knownInboxes } from '#flows/receive/known-inboxes.ts'
import { readConfig } from '#platform/config/config.ts'
import { inTransaction } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { type Command, CommandFailed } from '../command.ts'
import { withHouse } from '../offline.ts'
import { testChannel } from '../test-channel.ts'
import { openWaysOut } from '../ways-out.ts'

const help = `foyer channel add mail --inbox ADDRESS [--imap URL] [--smtp URL] [--since now|all|DATE] [--auth-server NAME]
foyer channel test ADDRESS [--json]

Connects an inbox with its mail servers, and tries whether both ways work. A test also mails the inbox at an address
with a plus (support+p-…@); when that mail comes in, the running desk uses such addresses for answers.

  --imap         imaps://user:password@host or imap://… (STARTTLS required except on this machine)
  --smtp         smtps://user:password@host or smtp://… (likewise)
  --since        where the mailbox is taken up: now (default), all, or a date; what is older comes in as history
  --auth-server  the name your mail server gives itself in Authentication-Results, which is then believed
  --data         the data folder (./var)`

const channel: Command = {
  summary: 'connects an inbox with its mail servers',
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        inbox: { type: 'string' },
        imap: { type: 'string' },
        smtp: { type: 'string' },
        since: { type: 'string', default: 'now' },
        'auth-server': { type: 'string' },
        json: { type: 'boolean', default: false },
        data: { type: 'string' },
      },
    })
    const [verb, what] = positionals
    const config = readConfig({ data: values.data })
    if (verb === 'test' && what) return withHouse(config, (house) => tryOut(house, what, values.json))
    if (verb !== 'add' || what !== 'mail' || !values.inbox || (!values.imap && !values.smtp))
      throw new CommandFailed(help, 2)
    const { inbox, imap, smtp, since, 'auth-server': authServer } = values
    return withHouse(config, async (house) => {
      const input = {
        kind: 'mail' as const,
        inbox: await inboxOf(house, inbox),
        imap: imap ? serverOf(imap, 'imap') : null,
        smtp: smtp ? serverOf(smtp, 'smtp') : null,
        since,
        authServer,
      }
      const by = { at: house.clock.now(), actor: system }
      const { id } = await inTransaction(house.db, (tx) =>
        connections.addChannel(tx, by, house.secrets, input),
      )
      console.log(`Channel ${id} connects ${inbox}. foyer channel test ${inbox} tries it.`)
      return 0
    })
  },
}
export default channel

async function inboxOf(house: House, address: string): Promise<string> {
  const inbox = await knownInboxes(house.db)(address)
  if (!inbox) throw new CommandFailed(`There is no inbox ${address}.`)
  return inbox
}

const ports = { imap: 143, imaps: 993, smtp: 587, smtps: 465 }

/** `imaps://user:password@host:port` */
function serverOf(url: string, kind: 'imap' | 'smtp'): ServerInput {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const scheme = parsed?.protocol.replace(':', '')
  if (!parsed?.hostname || (scheme !== kind && scheme !== `${kind}s`))
    throw new CommandFailed(`--${kind} must look like ${kind}s://user:password@host.`, 2)
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port ? Number(parsed.port) : ports[scheme as keyof typeof ports],
    security: scheme === kind ? 'starttls' : 'tls',
    username: decodeURIComponent(parsed.username) || null,
    password: decodeURIComponent(parsed.password) || null,
  }
}

/** Every channel of the inbox; a side is well when it is well for all of them. */
async function tryOut(house: House, address: string, json: boolean): Promise<number> {
  const inbox = await inboxOf(house, address)
  const all = await connections.openConnections(house.db, house.secrets, { inbox })
  if (all.length === 0) throw new CommandFailed(`${address} has no channel yet: foyer channel add.`)
  const out = openWaysOut(house)
  try {
    const tests = await Promise.all(all.map((one) => testChannel(house, out, one)))
    const worst = { in: worstOf(tests.map((one) => one.in)), out: worstOf(tests.map((one) => one.out)) }
    if (json) console.log(JSON.stringify(worst))
    else
      for (const [side, { ok, error, hint }] of Object.entries(worst))
        console.log(`${side}: ${ok ? 'works' : `${error}${hint ? `\n  ${hint}` : ''}`}`)
    return worst.in.ok && worst.out.ok ? 0 : 1
  } finally {
    await out.close()
  }
}

function worstOf(tests: SideTest[]): { ok: boolean; error: string | null; hint: string | null } {
  const { ok, error, hint } = tests.find((one) => !one.ok) ?? tests[0]!
  return { ok, error, hint: hint && !ok ? text('en', hint) : null }
}
