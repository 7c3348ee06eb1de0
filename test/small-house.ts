// A house without its doors: a database of its own, every route in process, people and conversations made in one
// line each, and an API key for everybody who asks something. The whole desk is started by desk.ts.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { addRoutes } from '#app/routes.ts'
import { openWaysOut } from '#app/ways-out.ts'
import { append, lock, start } from '#features/conversations/conversations.ts'
import { createApiKey, identify } from '#features/sign-in/sign-in.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { readConfig } from '#platform/config/config.ts'
import { inTransaction } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import { openFolderStore } from '#platform/files/files.ts'
import type { House } from '#platform/house.ts'
import { type App, buildApp } from '#platform/http/http.ts'
import { silence } from '#platform/log/log.ts'
import { loadSecret, openSecrets } from '#platform/secrets/secrets.ts'
import { openChannels } from '../src/app/channels.ts'
import { openReceiver } from '../src/flows/receive/receiver.ts'
import { testDatabase } from './database.ts'

/** What an answer looks like to a test. */
export interface Answer {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  body: any
  raw: Buffer
}
export interface Words {
  text?: string
  html?: string | null
  direction?: 'in' | 'out'
  automatic?: string
}

export class SmallHouse {
  readonly house: House
  readonly clock: TestClock
  readonly app: App
  constructor(house: House, clock: TestClock, app: App) {
    this.house = house
    this.clock = clock
    this.app = app
  }

  readonly #keys = new Map<string, string>()

  get db() {
    return this.house.db
  }

  async agent(name: string, role: 'admin' | 'agent' = 'agent'): Promise<string> {
    const values = {
      name,
      address: `${name.toLowerCase()}@desk.example`,
      role,
      created_at: this.clock.now(),
      joined_at: this.clock.now(),
    }
    return (await this.db.insertInto('agents').values(values).returning('id').executeTakeFirstOrThrow()).id
  }

  async team(name: string, ...members: string[]): Promise<string> {
    const { id: team } = await this.db
      .insertInto('teams')
      .values({ name, created_at: this.clock.now() })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const agent of members) await this.db.insertInto('team_members').values({ team, agent }).execute()
    return team
  }

  /** Seen by everybody, or with `only` by its own team. */
  async inbox(name: string, team: string, { only = false } = {}): Promise<string> {
    const { id: inbox } = await this.db
      .insertInto('inboxes')
      .values({
        name,
        address: `${name.toLowerCase()}@shop.example`,
        team,
        seen_by: only ? 'teams' : 'all',
        created_at: this.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (only) await this.db.insertInto('inbox_teams').values({ inbox, team }).execute()
    return inbox
  }

  async customer(name: string): Promise<string> {
    const created_at = this.clock.now()
    const { id: customer } = await this.db
      .insertInto('customers')
      .values({ name, created_at })
      .returning('id')
      .executeTakeFirstOrThrow()
    await this.db
      .insertInto('customer_identities')
      .values({ customer, kind: 'mail', value: `${name.toLowerCase()}@mail.example`, created_at })
      .execute()
    return customer
  }

  /** A conversation with one message from its customer, as mail would have started it. */
  async conversation(inbox: string, customer: string, subject = 'Where is my order'): Promise<number> {
    return inTransaction(this.db, async (tx) => {
      const { team } = await tx
        .selectFrom('inboxes')
        .select('team')
        .where('id', '=', inbox)
        .executeTakeFirstOrThrow()
      const row = await start(tx, {
        at: this.clock.now(),
        actor: { kind: 'customer', id: customer },
        inbox,
        channel: null,
        customer,
        customerAddress: null,
        subject,
        team,
        medium: 'mail',
      })
      await this.write(tx, row.id, customer, { text: subject })
      return Number(row.id)
    })
  }

  /** Another message in it. @returns the item's id */
  async message(number: number, words: Words = {}): Promise<string> {
    return inTransaction(this.db, async (tx) => {
      const { customer } = await lock(tx, String(number))
      return this.write(tx, String(number), customer, words)
    })
  }

  private async write(tx: House['db'], id: string, customer: string, words: Words): Promise<string> {
    const { text = 'Hello', html = null, direction = 'in', automatic } = words
    const { message } = await append(
      tx,
      await lock(tx, id),
      {
        direction,
        medium: 'mail',
        channel: null,
        at: this.clock.now(),
        author: { kind: 'customer', id: customer, name: 'Customer', address: 'customer@mail.example' },
        subject: null,
        text,
        html,
        from: { name: null, address: 'customer@mail.example' },
        to: [],
        cc: [],
        automatic,
        attachments: [],
        preview: text,
      },
      { now: this.clock.now(), silent: automatic !== undefined },
    )
    return message
  }

  /** Uploads a file the way a browser does. */
  async upload(agent: string, name: string, type: string, bytes: Uint8Array, headers = {}): Promise<Answer> {
    const head = `--edge\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--edge--\r\n')])
    return this.ask(agent, 'POST', '/attachments', body, {
      'content-type': 'multipart/form-data; boundary=edge',
      ...headers,
    })
  }

  async #keyOf(agent: string): Promise<string> {
    const by = { actor: system, at: this.clock.now() }
    if (!this.#keys.has(agent)) this.#keys.set(agent, (await createApiKey(this.db, by, agent, 'test')).key)
    return this.#keys.get(agent)!
  }

  /** One request as this agent (by id); paths below /api/v1. */
  async ask(
    agent: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers = {},
  ): Promise<Answer> {
    const response = await this.app.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      headers: { ...(agent ? { authorization: `Bearer ${await this.#keyOf(agent)}` } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const json = /json/.test(String(response.headers['content-type'] ?? ''))
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      body: json ? response.json() : response.body,
      raw: response.rawPayload,
    }
  }
}

export async function smallHouse(): Promise<SmallHouse> {
  const db = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'foyer-house-'))
  const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
  const house: House = {
    db,
    clock,
    files: openFolderStore(join(folder, 'files')),
    secrets: openSecrets(loadSecret(folder)),
    log: silence,
    config: readConfig({ data: folder }, {}),
    url: 'http://127.0.0.1',
  }
  const app = await buildApp({
    house,
    identify: (request) => identify(house, request),
  })
  const channels = openChannels(house)
  const receiver = openReceiver(house, { channel: channels.reader, works: true })
  addRoutes(app, house, { settle: async () => {}, receiver, out: openWaysOut(house), simulator: () => null })
  await app.ready()
  after(async () => {
    await app.close()
    await receiver.close()
    await channels.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return new SmallHouse(house, clock, app)
}
