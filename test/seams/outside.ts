// The desk as outside scripts meet it: a process of its own, set up by its commands, spoken to by HTTP and SMTP.
// Nothing of src is used here: what these tests rely on is what people's scripts rely on.
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { cloneDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { type FoyerProcess, runFoyer, startFoyer } from '../process.ts'

export interface Answer {
  status: number
  // What comes over the wire is asserted, not believed.
  // biome-ignore lint/suspicious/noExplicitAny: the tests check every member they use
  body: any
  headers: Headers
}
export type Call = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

/** @param key without one nobody is signed in */
export const caller =
  (address: string, key?: string): Call =>
  async (method, path, body, headers = {}) => {
    const plain = body === undefined || body instanceof FormData || typeof body === 'string'
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(plain ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: plain ? (body as string | FormData | undefined) : JSON.stringify(body),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }

/** A data folder that the database's user may enter; removed in the end. */
export async function dataFolder(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-seams-'))
  await chmod(data, 0o755)
  after(() => rmSync(data, { recursive: true, force: true }))
  return data
}

export interface Outside {
  address: string
  data: string
  smtpPort: number
  process: FoyerProcess
  foyer(args: string[], input?: string): ReturnType<typeof runFoyer>
  /** Ann, administrator */
  admin: Call
  adminKey: string
  /** an agent by the commands, and his way to call */
  join(name: string): Promise<{ id: string; call: Call; key: string }>
  /** Sends a mail through the SMTP door; throws with `responseCode` when it is refused. */
  mail(mail: SendMailOptions): Promise<string>
  /** The number of the conversation whose subject is this, once it is there. */
  numberOf(subject: string): Promise<number>
  /** Moves the clock; answers when everything due by then is done. */
  pass(seconds: number): Promise<void>
}

export const password = 'a fine password'
export const inboxAddress = 'support@example.com'

/** A running desk with a standing clock, its first run done. */
export async function openOutside(env: Record<string, string> = {}): Promise<Outside> {
  const data = await dataFolder()
  let running: FoyerProcess | undefined
  after(() => running?.stop())
  const all = { ...env, DATABASE_URL: await cloneDatabase() }
  const smtpPort = await freePort()
  const started = await startFoyer(['--test-clock', '--smtp-port', String(smtpPort), '--data', data], {
    env: all,
  })
  running = started
  const foyer = (args: string[], input?: string) =>
    runFoyer([...args, '--data', data], { env: { ...all, FOYER_PASSWORD: password }, input })
  const must = async (args: string[]) => {
    const { code, out, err } = await foyer(args)
    if (code !== 0) throw new Error(`foyer ${args.join(' ')}: ${err}`)
    return out.trim()
  }
  const keyOf = (address: string) => must(['api-key', 'create', '--agent', address])
  await must(['setup', '--name', 'Ann Admin', '--email', 'ann@example.com'])
  const adminKey = await keyOf('ann@example.com')
  const { address } = started
  const admin = caller(address, adminKey)
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, tls: { rejectUnauthorized: false } })
  after(() => transport.close())
  const clock = await admin('GET', '/test/clock')
  let now = new Date(clock.body.now)
  return {
    address,
    data,
    smtpPort,
    process: started,
    foyer,
    admin,
    adminKey,
    async join(name) {
      const email = `${name.toLowerCase()}@example.com`
      await must(['agent', 'add', '--name', name, '--email', email])
      const key = await keyOf(email)
      const call = caller(address, key)
      return { id: (await call('GET', '/me')).body.id, call, key }
    },
    async mail(mail) {
      const sent = await transport.sendMail({ to: inboxAddress, text: 'Where is it?', ...mail })
      return sent.messageId
    },
    async numberOf(subject) {
      for (let tries = 0; tries < 1200; tries += 1) {
        const { body } = await admin('GET', '/conversations?sort=newest&limit=100')
        const found = body.items.find((one: { subject: string }) => one.subject === subject)
        if (found) return found.number
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`no conversation ${subject}`)
    },
    async pass(seconds) {
      now = new Date(now.getTime() + seconds * 1000)
      const { status, body } = await admin('PUT', '/test/clock', { now: now.toISOString() })
      if (status !== 200 || body.settled !== true) throw new Error(`clock: ${JSON.stringify(body)}`)
    },
  }
}

/** Fails unless the object has exactly these members, by name, among those it may have besides. */
export function hasMembers(object: Record<string, unknown>, names: string): void {
  const missing = names.split(' ').filter((name) => !(name in object))
  if (missing.length > 0) throw new Error(`without ${missing.join(', ')}: ${JSON.stringify(object)}`)
}
