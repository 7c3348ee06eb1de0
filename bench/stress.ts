// Many agents at once on few conversations, through two processes on one database, while their customers write: no answer
// is taken that its writer would not have sent (something newer stood there), none twice, no text is lost, and what
// others do shows in time. Ends by itself; ends with 1 when anything of it does not hold.
//   node bench/stress.ts [agents, 20] [conversations, 10] [seconds, 60]
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Item } from '../src/features/conversations/conversations.contract.ts'
import type { ClientFrame, Doing, ServerFrame } from '../src/features/events/events.contract.ts'
import { startTestServer } from '../test/database.ts'
import { type Client, openClient } from '../test/desk.ts'
import { runFoyer, startFoyer } from '../test/process.ts'
import { circumstances, figures, heading, line } from './figures.ts'

const agents = Number(process.argv[2] ?? 20)
const many = Number(process.argv[3] ?? 10)
const seconds = Number(process.argv[4] ?? 60)
const aim = 300
const password = 'a fine password'
const folder = mkdtempSync(join(tmpdir(), 'foyer-stress-'))
chmodSync(folder, 0o755)
const server = await startTestServer()
const env = { DATABASE_URL: server.url, FOYER_PASSWORD: password }
const foyer = async (...args: string[]) => {
  const { code, out, err } = await runFoyer([...args, '--data', folder], { env })
  if (code !== 0) throw new Error(err)
  return out.trim()
}
const problems: string[] = []
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

type Presence = Extract<ServerFrame, { type: 'presence' }>
interface Socket {
  say(frame: ClientFrame): void
  hear: (frame: Presence) => void
  close(): void
}
function openSocket(address: string, key: string): Promise<Socket> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/live`, ['foyer', `key.${key}`])
  const mine: Socket = {
    say: (frame) => socket.send(JSON.stringify(frame)),
    hear: () => {},
    close: () => socket.close(),
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('a socket could not be opened')))
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as ServerFrame
      if (frame.type === 'ready') resolve(mine)
      if (frame.type === 'presence') mine.hear(frame)
    })
  })
}

/** What watches all conversations at one process: when it first sees somebody doing something somewhere. */
async function openWatcher(address: string, key: string, numbers: number[]) {
  const socket = await openSocket(address, key)
  const waiting = new Map<string, (at: number) => void>()
  const now = new Map<number, Presence['people']>()
  socket.hear = ({ conversation, people }) => {
    now.set(conversation, people)
    for (const { agent, doing } of people) {
      const name = `${conversation} ${agent} ${doing}`
      waiting.get(name)?.(performance.now())
      waiting.delete(name)
    }
  }
  socket.say({ type: 'watch', conversations: numbers })
  return {
    /** fulfilled with how long it took; null: not within five seconds */
    sees(conversation: number, agent: string, doing: Doing): Promise<number | null> {
      const began = performance.now()
      const seen = new Promise<number>((resolve) => {
        waiting.set(`${conversation} ${agent} ${doing}`, (at) => resolve(at - began))
      })
      return Promise.race([seen, sleep(5000, null, { ref: false })])
    },
    here: () => [...now.values()].flat(),
    close: () => socket.close(),
  }
}
type Watcher = Awaited<ReturnType<typeof openWatcher>>

interface Agent {
  id: string
  client: Client
  socket: Socket
  /** at the other process */
  watcher: Watcher
}
interface Sent {
  text: string
  number: number
  agent: string
  lastSeen: string
  /** the message's id; null: refused, and kept as a draft until it was given up */
  item: string | null
}
const sent: Sent[] = []
const drafts = new Map<string, string>()
const times: number[] = []
const counts = { taken: 0, stale: 0, twice: 0, customers: 0, missed: 0 }
const open = (client: Client, number: number) =>
  client.get<{ items: Item[] }>(`/conversations/${number}`).then(({ body }) => body.items)

/** One turn of an agent: opens, is seen, writes for a moment, sends; what is refused stays as his draft. */
async function turn({ id, client, socket, watcher }: Agent, numbers: number[], serial: number) {
  const number = pick(numbers)
  const items = await open(client, number)
  const lastSeen = items.at(-1)!.id
  const show = async (doing: Doing) => {
    const seen = watcher.sees(number, id, doing)
    socket.say({ type: 'here', conversation: number, doing, focus: true })
    const took = await seen
    if (took === null) counts.missed += 1
    else times.push(took)
  }
  const shown = Math.random() < 0.5 ? show('replying') : show('viewing').then(() => show('replying'))
  const text = `Answer ${serial} of ${id} in ${number}`
  const path = `/conversations/${number}`
  const saved = await client.put(`${path}/draft`, { text, lastSeen })
  if (saved.status !== 200) problems.push(`a draft was answered ${saved.status}`)
  await sleep(50 + Math.random() * 400)
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const copies = Math.random() < 0.2 ? 3 : 1
  const answers = await Promise.all(
    Array.from({ length: copies }, () =>
      client.post<Item & { code?: string }>(`${path}/messages`, { text, lastSeen }, { headers }),
    ),
  )
  const taken = answers.filter(({ status }) => status === 201)
  const ids = new Set(taken.map(({ body }) => body.id))
  if (copies > 1) counts.twice += 1
  if (ids.size > 1) problems.push(`one request made ${ids.size} messages`)
  for (const { status, body } of answers)
    if (status !== 201 && !['stale', 'in_flight'].includes(body.code ?? ''))
      problems.push(`a send was answered ${status} ${body.code}`)
  const [item = null] = ids
  sent.push({ text, number, agent: id, lastSeen, item })
  if (item) counts.taken += 1
  else {
    counts.stale += 1
    drafts.set(`${number} ${id}`, text)
    const kept = (await client.get<{ text: string } | null>(`${path}/draft`)).body
    if (kept?.text !== text) problems.push(`what was refused is not in the draft: ${text}`)
  }
  await shown
  if (Math.random() < 0.3) socket.say({ type: 'gone' })
}

try {
  await foyer('setup', '--name', 'Boss', '--email', 'boss@example.com')
  const boss = await foyer('api-key', 'create', '--agent', 'boss@example.com')
  const [first, second] = await Promise.all([
    startFoyer(['--data', folder], { env }),
    startFoyer(['--data', folder], { env }),
  ])
  const desks = [first, second]
  const admin = openClient(first.address, boss)
  const numbers: number[] = []
  for (let n = 0; n < many; n += 1) {
    const { body } = await admin.post<{ number: number }>('/conversations', {
      inbox: 'support@example.com',
      customer: { name: `Customer ${n}`, address: `customer${n}@mail.example` },
      subject: `Stress ${n}`,
      message: { text: 'Who answers?' },
      direction: 'in',
    })
    numbers.push(body.number)
  }
  const watchers = await Promise.all(desks.map(({ address }) => openWatcher(address, boss, numbers)))
  const team: Agent[] = []
  for (let n = 0; n < agents; n += 1) {
    const address = `agent${n}@example.com`
    await foyer('agent', 'add', '--name', `Agent ${n}`, '--email', address, '--password', password)
    const key = await foyer('api-key', 'create', '--agent', address)
    const at = n % 2
    const client = openClient(desks[at]!.address, key)
    const { body: me } = await client.patch<{ id: string }>('/me', { settings: { undoSeconds: 0 } })
    const socket = await openSocket(desks[at]!.address, key)
    team.push({ id: me.id, client, socket, watcher: watchers[1 - at]! })
  }
  const until = performance.now() + seconds * 1000
  let serial = 0
  const customers = (async () => {
    while (performance.now() < until) {
      const { body } = await admin.get<{ items: { id: string }[] }>('/outbox', { query: { limit: 50 } })
      if (body.items.length > 0) {
        counts.customers += 1
        const { id } = pick(body.items)
        const answer = { text: `The customer says ${counts.customers}` }
        const { status } = await admin.post(`/outbox/${id}/answer`, answer)
        if (status !== 201) problems.push(`a customer's mail was answered ${status}`)
      }
      await sleep(150 + Math.random() * 300)
    }
  })()
  await Promise.all([
    customers,
    ...team.map(async (agent) => {
      while (performance.now() < until) {
        serial += 1
        await turn(agent, numbers, serial)
        await sleep(Math.random() * 300)
      }
    }),
  ])
  for (const { socket } of team) socket.say({ type: 'gone' })
  await sleep(1500)
  for (const watcher of watchers)
    if (watcher.here().length > 0) problems.push(`${watcher.here().length} are still shown who have gone`)
  await check(admin, numbers)
  for (const watcher of watchers) watcher.close()
  for (const { socket } of team) socket.close()
  await Promise.all(desks.map((desk) => desk.stop()))
  const seen = figures(times)
  console.log(
    `${agents} agents, ${many} conversations, ${seconds} s: ${counts.taken} answers taken, ${counts.stale} stopped, ` +
      `${counts.twice} sent three times with one key, ${counts.customers} times a customer wrote`,
  )
  if (counts.missed > 0) problems.push(`${counts.missed} doings were never seen`)
  if (seen.p95 > aim) problems.push(`presence at p95 ${seen.p95} ms`)
  console.log(`p95 / aim: ${(seen.p95 / aim).toFixed(2)}`)
  console.log(heading)
  console.log(line('said at one process → seen at the other', seen, `aim p95 ${aim}`))
  console.log(JSON.stringify(circumstances()))
  for (const problem of problems.slice(0, 20)) console.log(`FAILED: ${problem}`)
  console.log(
    problems.length === 0
      ? 'nothing sent over what was not seen, nothing twice, nothing lost'
      : `${problems.length} problems`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Every answer against what stood there when it was taken; every text once, or still a draft, or followed by a later one. */
async function check(client: Client, numbers: number[]) {
  for (const number of numbers) {
    const items = await whole(client, number)
    const place = new Map(items.map(({ id }, n) => [id, n]))
    const texts = items.flatMap((item) =>
      item.type === 'message' && item.direction === 'out' ? [item.text.trim()] : [],
    )
    if (new Set(texts).size !== texts.length) problems.push(`#${number}: an answer stands there twice`)
    for (const one of sent.filter((each) => each.number === number)) {
      const there = texts.includes(one.text)
      if (there !== (one.item !== null))
        problems.push(`#${number}: ${one.text} was ${one.item ? 'lost' : 'sent though refused'}`)
      if (one.item === null) continue
      const [from, to] = [place.get(one.lastSeen)!, place.get(one.item)!]
      const between = items
        .slice(from + 1, to)
        .filter((item) => item.type === 'message' && !item.automatic && item.author.kind !== 'system')
      if (between.length > 0) problems.push(`#${number}: ${one.text} was taken over ${between.length} unseen`)
    }
  }
}

async function whole(client: Client, number: number): Promise<Item[]> {
  const items: Item[] = []
  let before: string | null = null
  do {
    const { body }: { body: { items: Item[]; olderCursor: string | null } } = await client.get(
      `/conversations/${number}/items`,
      { query: before ? { limit: 100, before } : { limit: 100 } },
    )
    items.unshift(...body.items)
    before = body.olderCursor
  } while (before)
  return items
}
