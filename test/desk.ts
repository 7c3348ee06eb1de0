// A whole desk in this process for house tests: real PostgreSQL (a clone of its own), real HTTP on a free port, a
// temporary data folder, job runner and due loop running. It is set up already: an administrator, the team "Support",
// the inbox support@example.com. Everything is closed and removed after the file's tests.
//
//   const { admin, addAgent, desk } = await startDesk()
//   const anna = await addAgent({ name: 'Anna' })
//   const { status, body } = await anna.client.get<Page>('/conversations', { query: { view: 'mine' } })
//   await desk.settle()                       // until every job and everything due is done
//
// With a clock (`const clock = new TestClock()`, `startDesk({ clock })`) time stands still until `clock.set(…)`.
// Clients speak with an API key and throw nothing: look at `status`. Paths are below /api/v1.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type Desk, type DeskOptions, openDesk } from '../src/app/desk.ts'
import { agentByAddress, findAgent } from '../src/features/agents/agents.ts'
import { addMember, createApiKey, setUp } from '../src/features/sign-in/sign-in.ts'
import { type Config, readConfig } from '../src/platform/config/config.ts'
import { inTransaction } from '../src/platform/db/db.ts'
import { system } from '../src/platform/events/events.ts'
import type { House } from '../src/platform/house.ts'
import { silence } from '../src/platform/log/log.ts'
import { cloneDatabase } from './database.ts'

export const adminAddress = 'admin@example.com'
export const adminPassword = 'correct horse battery'
export const inboxAddress = 'support@example.com'

export interface Answer<T> {
  status: number
  body: T
  headers: Headers
}
export interface CallOptions {
  query?: Record<string, string | number | boolean>
  headers?: Record<string, string>
}
/** A problem document, what every error is. */
export interface Problem {
  status: number
  code: string
  title: string
  errors?: { field: string; code: string; text: string }[]
}
export interface Client {
  key: string
  get<T = Problem>(path: string, options?: CallOptions): Promise<Answer<T>>
  post<T = Problem>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
  put<T = Problem>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
  patch<T = Problem>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
  delete<T = Problem>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
}

/** A client at an address (http://host:port). Without a key nobody is signed in; add a cookie by the headers. */
export function openClient(address: string, key = '', always: Record<string, string> = {}): Client {
  const call =
    (method: string) =>
    async <T>(path: string, body?: unknown, { query = {}, headers = {} }: CallOptions = {}) => {
      const url = new URL(`${address}/api/v1${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
      const form = body instanceof FormData
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        headers: {
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
          ...always,
          ...headers,
        },
        body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      })
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      const answer: T = isJson ? JSON.parse(text) : text
      return { status: response.status, body: answer, headers: response.headers }
    }
  const get = call('GET')
  return {
    key,
    get: (path, options) => get(path, undefined, options),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  }
}

export interface TestDeskOptions extends DeskOptions {
  config?: Partial<Config>
  /** false: nobody is here yet, there is no admin */
  setUp?: boolean
}
export interface NewcomerOptions {
  name: string
  /** default: <name>@example.com */
  address?: string
  role?: 'admin' | 'agent'
  teams?: string[]
  language?: 'en' | 'ru'
  /** costs 0.1 s of hashing; without one he has his API key only */
  password?: string | null
}

export interface TestDesk {
  desk: Desk
  house: House
  /** http://127.0.0.1:port */
  url: string
  databaseUrl: string
  admin: Client
  /** the first team's and the first inbox's id */
  team: string
  inbox: string
  /** another client for an agent, by id or address */
  client(agent: string): Promise<Client>
  addAgent(newcomer: NewcomerOptions): Promise<{ id: string; name: string; address: string; client: Client }>
  /** a client that nobody is signed in with */
  stranger: Client
}

export async function startDesk({
  config,
  setUp: isToBeSetUp = true,
  ...options
}: TestDeskOptions = {}): Promise<TestDesk> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-desk-'))
  chmodSync(data, 0o755)
  let desk: Desk | undefined
  // Registered before the database's own clean-up, so that the desk lets go of it first.
  after(async () => {
    await desk?.close()
    rmSync(data, { recursive: true, force: true })
  })
  const databaseUrl = config?.databaseUrl ?? (await cloneDatabase())
  desk = await openDesk(
    { ...readConfig({ port: '0', 'smtp-port': '0', data }, {}), ...config, databaseUrl },
    { log: silence, ...options },
  )
  const { house, address: url } = desk
  const client = async (agent: string) => openClient(url, await makeKey(house, agent))
  const stranger = openClient(url)
  if (isToBeSetUp) await setUpOnce(house)
  const admin = isToBeSetUp ? await client(adminAddress) : stranger
  const first = async (table: 'teams' | 'inboxes') =>
    (await house.db.selectFrom(table).select('id').orderBy('id').executeTakeFirst())?.id ?? ''
  return {
    desk,
    house,
    url,
    databaseUrl,
    admin,
    team: await first('teams'),
    inbox: await first('inboxes'),
    client,
    stranger,
    async addAgent(newcomer) {
      const { name, address = `${name.toLowerCase()}@example.com`, password = null, ...rest } = newcomer
      const by = { at: house.clock.now(), actor: system }
      const id = await inTransaction(house.db, (tx) =>
        addMember(house, tx, by, { name, address, password, ...rest }),
      )
      return { id, name, address, client: await client(id) }
    },
  }
}

const setUpOnce = (house: House) =>
  setUp(house, {
    name: 'Admin',
    address: adminAddress,
    password: adminPassword,
    language: 'en',
    inboxName: 'Support',
    inboxAddress,
  })

async function makeKey(house: House, agent: string): Promise<string> {
  const found = agent.includes('@') ? await agentByAddress(house.db, agent) : await findAgent(house.db, agent)
  if (!found) throw new Error(`no agent ${agent}`)
  const by = { at: house.clock.now(), actor: system }
  const { key } = await inTransaction(house.db, (tx) => createApiKey(tx, by, found.id, 'test'))
  return key
}
