/**
 * The desk at work: `node bench/desk.ts [--conversations 100000] [--data DIR] [--rounds 300] [--queries 200]
 * [--out FILE] [--against FILE]`.
 *
 * Lists, opening, search, replies and comments over real HTTP with an API key, one request after the other, on a desk
 * that `foyer demo` filled; list and open beside the bare SQL in the same run, in turns. Search is also compared with a
 * walk through every row. README.md says how to read it. A folder given with --data is used again when it is filled.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { attachEmbedded } from '#platform/db/embedded.ts'
import { bareList, bareOpen } from './desk/bare.ts'
import { compareSearch } from './desk/compare-search.ts'
import { pickWords, type WordClass } from './desk/pick-words.ts'
import { circumstances, type Figures, figures, heading, line, round, timed } from './figures.ts'

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '100000' },
    data: { type: 'string' },
    rounds: { type: 'string', default: '300' },
    queries: { type: 'string', default: '200' },
    out: { type: 'string' },
    against: { type: 'string' },
  },
})
const conversations = Number(values.conversations)
const rounds = Number(values.rounds)
const data = values.data ?? mkdtempSync(join(tmpdir(), 'foyer-bench-'))
mkdirSync(data, { recursive: true })
chmodSync(data, 0o755)
const foyer = (...args: string[]) =>
  execFileSync('node', ['bin/foyer.cjs', ...args, '--data', data], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })

let fillSeconds: number | null = null
if (!existsSync(join(data, 'filled'))) {
  const spent = await timed(async () => foyer('demo', '--conversations', String(conversations)))
  fillSeconds = round(spent / 1000)
  writeFileSync(join(data, 'filled'), String(conversations))
}

const server = spawn('node', ['bin/foyer.cjs', 'start', '--port', '0', '--smtp-port', '0', '--data', data], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const address = await new Promise<string>((resolve, reject) => {
  server.once('exit', (code) => reject(new Error(`the desk ended with ${code}`)))
  createInterface(server.stdout).on('line', (said) => {
    const url = /ready at (http\S+)/.exec(said)?.[1]
    if (url) resolve(url)
  })
})
const db = new pg.Client({ connectionString: (await attachEmbedded(data))! })
await db.connect()
try {
  const report = await measure()
  if (values.out) writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`)
} finally {
  await db.end()
  server.removeAllListeners('exit')
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  if (!values.data) rmSync(data, { recursive: true, force: true })
}

type Answer = { items: { number: number; lastItem: string }[]; nextCursor: string | null }

async function measure() {
  const all = client(foyer('api-key', 'create', '--agent', 'maria@example.com').trim())
  // An agent who does not see every inbox: her lists are put together from the places she sees.
  const some = client(foyer('api-key', 'create', '--agent', 'ken@example.com').trim())
  const facts = await factsOf()
  const { classes, frequencies } = await pickWords(db)
  console.log(JSON.stringify({ ...circumstances(), ...facts, fillSeconds }, null, 1))
  console.log('words and the share of conversations that hold them:')
  for (const [name, words] of Object.entries(frequencies))
    console.log(
      `  ${name}: ${words.map(({ word, share }) => `${word} ${(share * 100).toPrecision(2)} %`).join(', ')}`,
    )
  const results: Record<string, Figures> = {}
  const note = (name: string, times: number[], remark = '') => {
    results[name] = figures(times)
    console.log(line(name, results[name], remark))
  }
  console.log(`\n${heading}`)
  await lists(all, some, note)
  await opens(all, note)
  await searches(all, some, classes, note)
  await numbers(all, some, note)
  await writes(all, note)
  const ratio = (a: string, b: string) => round(results[a]!.p95 / results[b]!.p95)
  const ratios: Record<string, number> = {
    'list over bare SQL, p95': ratio('list', 'list, bare SQL'),
    'open over bare SQL, p95': ratio('open', 'open, bare SQL'),
  }
  if (values.against) {
    const other = JSON.parse(readFileSync(values.against, 'utf8')) as {
      results: Record<string, Figures>
      facts: { conversations: number }
    }
    for (const name of ['list', 'open', 'search'])
      ratios[`${name}, p95 over that with ${other.facts.conversations} conversations`] = round(
        results[name]!.p95 / other.results[name]!.p95,
      )
  }
  const compared = await compareSearch(
    db,
    (q, cursor) =>
      all.get<Answer & { items: { conversation: { number: number } }[] }>('/search', {
        q,
        limit: 100,
        ...(cursor ? { cursor } : {}),
      }),
    Number(values.queries),
  )
  console.log(`\n${JSON.stringify(ratios, null, 1)}`)
  console.log(
    `search beside a walk through every row: ${compared.same} of ${compared.queries} queries answer the same set`,
  )
  for (const wrong of compared.wrong.slice(0, 5)) console.log(`  differs: ${wrong}`)
  return { circumstances: circumstances(), facts, fillSeconds, frequencies, results, ratios, compared }
}

function client(key: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer as T
  }
  return {
    get: <T>(path: string, query: Record<string, string | number> = {}) =>
      call<T>(
        'GET',
        `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`,
      ),
    post: <T>(path: string, body: unknown) => call<T>('POST', path, body),
  }
}
type Client = ReturnType<typeof client>
type Note = (name: string, times: number[], remark?: string) => void

async function lists(all: Client, some: Client, note: Note) {
  const views = ['all', 'open', 'mine', 'unassigned', 'pending', 'my-teams', 'closed']
  const agent = (await db.query(`select id from agents where address = 'maria@example.com'`)).rows[0].id
  const times: Record<string, number[]> = { all: [], some: [], next: [], bare: [], sorted: [] }
  for (let round = -20; round < rounds; round += 1) {
    const view = views[(round + 20) % views.length]!
    let page!: Answer
    const spent = {
      all: await timed(async () => {
        page = await all.get<Answer>('/conversations', { view, limit: 50 })
      }),
      bare: await timed(() => bareList(db, view, agent)),
      some: await timed(() => some.get('/conversations', { view, limit: 50 })),
      next: page.nextCursor
        ? await timed(() => all.get('/conversations', { view, limit: 50, cursor: page.nextCursor! }))
        : null,
      sorted: await timed(() =>
        all.get('/conversations', {
          view,
          limit: 50,
          sort: ['waiting', 'priority', 'oldest', 'newest'][(round + 20) % 4]!,
        }),
      ),
    }
    if (round < 0) continue
    for (const [name, time] of Object.entries(spent)) if (time !== null) times[name]!.push(time)
  }
  note('list', times.all!, views.join(' '))
  note('list, bare SQL', times.bare!)
  note('list, next page', times.next!)
  note('list, an agent who sees less', times.some!)
  note('list, in other orders', times.sorted!)
  const counts: number[] = []
  for (let round = 0; round < 50; round += 1) counts.push(await timed(() => all.get('/views')))
  note('views with their counts', counts)
}

async function opens(all: Client, note: Note) {
  const { rows } = await db.query(
    `select id from conversations tablesample bernoulli (5) where bucket not in ('spam', 'trash') order by random() limit $1`,
    [rounds + 20],
  )
  const times: Record<string, number[]> = { http: [], bare: [] }
  for (const [i, { id }] of rows.entries()) {
    const http = await timed(() => all.get(`/conversations/${id}`))
    const bare = await timed(() => bareOpen(db, id))
    if (i < 20) continue
    times.http!.push(http)
    times.bare!.push(bare)
  }
  note('open', times.http!)
  note('open, bare SQL', times.bare!)
}

async function searches(all: Client, some: Client, classes: Record<string, WordClass>, note: Note) {
  const everything: number[] = []
  for (const [name, queries] of Object.entries(classes)) {
    const times: number[] = []
    for (let round = -5; round < rounds / 3; round += 1) {
      const q = queries[(round + 5) % queries.length]!
      const spent = await timed(() => all.get('/search', { q }))
      if (round >= 0) times.push(spent)
    }
    note(`search, ${name}`, times, queries.slice(0, 3).join(' · '))
    everything.push(...times)
  }
  note('search', everything)
  const less: number[] = []
  const flat = Object.values(classes).flat()
  for (let round = 0; round < rounds / 3; round += 1)
    less.push(await timed(() => some.get('/search', { q: flat[round % flat.length]! })))
  note('search, an agent who sees less', less)
}

/** The page of numbers and the lists its numbers open; the first of each, from a cold cache, is its own figure. */
async function numbers(all: Client, some: Client, note: Note) {
  const page = { zone: 'Europe/Berlin' }
  const behind = ['new', 'answered', 'first-answers', 'waiting', 'closed', 'reopened']
  const times = { all: [] as number[], some: [] as number[], behind: [] as number[] }
  for (let n = 0; n < Math.max(20, rounds / 5); n += 1) {
    times.all.push(await timed(() => all.get('/numbers', page)))
    times.some.push(await timed(() => some.get('/numbers', page)))
    const number = behind[n % behind.length]!
    times.behind.push(await timed(() => all.get('/numbers/conversations', { ...page, number })))
  }
  note('numbers', times.all, `the first ${round(times.all[0]!)}`)
  note('numbers, an agent who sees less', times.some)
  note('numbers, the conversations behind one', times.behind, behind.join(' '))
}

async function writes(all: Client, note: Note) {
  const { rows } = await db.query(
    `select id, last_item from conversations where bucket = 'open' order by id desc limit $1`,
    [rounds + 10],
  )
  const replies: number[] = []
  const comments: number[] = []
  for (const [i, { id, last_item }] of rows.entries()) {
    const reply = await timed(() =>
      all.post(`/conversations/${id}/messages`, {
        text: `Answer number ${i}: it is on its way.`,
        lastSeen: last_item,
      }),
    )
    const comment = await timed(() =>
      all.post(`/conversations/${id}/comments`, { text: `Seen, number ${i}.` }),
    )
    if (i < 10) continue
    replies.push(reply)
    comments.push(comment)
  }
  note('reply', replies)
  note('comment', comments)
}

async function factsOf() {
  const count = async (table: string) =>
    Number((await db.query(`select count(*) as n from ${table}`)).rows[0].n)
  const setting = async (name: string) => (await db.query(`show ${name}`)).rows[0][name] as string
  const names = [
    'server_version',
    'shared_buffers',
    'work_mem',
    'effective_cache_size',
    'synchronous_commit',
    'fsync',
    'jit',
  ]
  const size = (await db.query('select pg_size_pretty(pg_database_size(current_database())) as n')).rows[0]
    .n as string
  return {
    conversations: await count('conversations'),
    open: Number(
      (
        await db.query(
          `select count(*) as n from conversations where bucket in ('open', 'pending', 'snoozed')`,
        )
      ).rows[0].n,
    ),
    messages: await count('messages'),
    customers: await count('customers'),
    events: await count('events'),
    database: size,
    settings: Object.fromEntries(await Promise.all(names.map(async (name) => [name, await setting(name)]))),
  }
}
