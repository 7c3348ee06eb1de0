// /metrics in the words of Prometheus: this process, its HTTP, and the queues of the whole desk. The library is
// loaded at the first look: a desk that nobody watches does without it (20 MB).
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Histogram, Registry } from 'prom-client'
import { sums } from '#features/ledger/ledger.ts'
import { isLoopback } from '#platform/config/config.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { App, Caller } from '#platform/http/http.ts'

/** Counting a large ledger takes a while; a scraper that asks more often gets the same answer; ms. */
const keep = 10_000

export interface MetricsOptions {
  db: Db
  /** open sockets of this process */
  sockets(): number
  identify(request: FastifyRequest): Promise<Caller | null>
}

export function addMetrics(app: App, { db, sockets, identify }: MetricsOptions): void {
  let opened: Promise<Meters> | undefined
  let requests: Meters['requests'] | undefined
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    requests?.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!comesFromThisMachine(request)) {
      const caller = await identify(request)
      if (!caller) refuse('not_signed_in')
      if (caller.role !== 'admin') refuse('forbidden')
    }
    opened ??= openMeters(db, sockets)
    const meters = await opened
    requests = meters.requests
    await meters.refresh()
    return reply.type(meters.register.contentType).send(await meters.register.metrics())
  })
}

/** A reverse proxy on this machine passes on what comes from anywhere, and says so. */
function comesFromThisMachine({ socket, headers }: FastifyRequest): boolean {
  const from = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(from) && !headers['x-forwarded-for'] && !headers.forwarded && !headers.via
}

interface Counts {
  ledger: Record<string, number>
  deliveries: Record<string, number>
  jobs: Record<string, number>
  events: number
  /** what the doors counted less the rows there are; anything but 0 is an alarm */
  differences: Record<'received' | 'sent', number>
}

async function count(db: Db): Promise<Counts> {
  const { rows } = await sql<{ what: 'ledger' | 'deliveries' | 'jobs' | 'events'; key: string; n: string }>`
    select 'ledger' as what, outcome as key, count(*) as n from ledger group by 2
    union all select 'deliveries', state, count(*) from deliveries group by 2
    union all select 'jobs', case when attempts >= max_attempts then 'failed' when locked_at is not null then 'running'
      when run_at > now() then 'later' else 'ready' end, count(*) from graphile_worker.jobs group by 2
    union all select 'events', '', coalesce(max(seq), 0) from events`.execute(db)
  const sheet = await sums(db)
  const differences = {
    received: sheet.received.difference + sheet.demo.difference,
    sent: sheet.outgoing.difference,
  }
  const counts: Counts = { ledger: {}, deliveries: {}, jobs: {}, events: 0, differences }
  for (const { what, key, n } of rows)
    if (what === 'events') counts.events = Number(n)
    else counts[what][key] = Number(n)
  return counts
}

interface Meters {
  register: Registry
  requests: Histogram<'method' | 'route' | 'status'>
  refresh(): Promise<void>
}

async function openMeters(db: Db, sockets: () => number): Promise<Meters> {
  const { collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client')
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'foyer_http_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.015, 0.025, 0.06, 0.15, 0.5, 2, 10],
    registers,
  })
  const gauge = (name: string, help: string, label?: string) =>
    new Gauge({ name, help, labelNames: label ? [label] : [], registers })
  const ledger = gauge('foyer_ledger_mails', 'Messages taken in, by outcome', 'outcome')
  const difference = gauge(
    'foyer_ledger_difference',
    'Counted less the rows there are: 0, or an alarm',
    'side',
  )
  const deliveries = gauge('foyer_deliveries', 'Messages going out, per recipient, by state', 'state')
  const jobs = gauge('foyer_jobs', 'Jobs: ready, running, later, failed for good', 'state')
  const events = gauge('foyer_events_seq', 'Newest place in the stream of events')
  const live = gauge('foyer_live_sockets', 'Browsers and scripts that listen at this process')
  const up = gauge('foyer_database_up', 'Whether the database answers')

  let counted = { at: Number.NEGATIVE_INFINITY, counts: null as Counts | null }
  async function refresh() {
    if (performance.now() - counted.at > keep)
      counted = { at: performance.now(), counts: await count(db).catch(() => null) }
    const { counts } = counted
    up.set(counts ? 1 : 0)
    live.set(sockets())
    if (!counts) return
    events.set(counts.events)
    for (const [metric, values, label] of [
      [ledger, counts.ledger, 'outcome'],
      [difference, counts.differences, 'side'],
      [deliveries, counts.deliveries, 'state'],
      [jobs, counts.jobs, 'state'],
    ] as const) {
      metric.reset()
      for (const [key, n] of Object.entries(values)) metric.set({ [label]: key }, n)
    }
  }
  return { register, requests, refresh }
}
