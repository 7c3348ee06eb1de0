// What went through a channel and what waits at it, by the ledger and the deliveries.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { type Arrivals, silenceOf } from './silence.ts'

export interface Traffic {
  /** the last live mail; a look that found nothing is none */
  lastMailAt: Date | null
  silentSince: Date | null
  /** kept and not yet worked on */
  waitingIn: number
  /** due, and not yet taken by the other server */
  waitingOut: number
}
const none = (): Traffic => ({ lastMailAt: null, silentSince: null, waitingIn: 0, waitingOut: 0 })

/** Of each of these channels. */
export async function trafficOf(
  db: Db,
  channels: string[],
  now: Date,
): Promise<(channel: string) => Traffic> {
  const known = new Map(channels.map((channel) => [channel, none()]))
  if (channels.length === 0) return none
  for (const { channel, ...row } of await arrivalsOf(db, channels)) {
    const traffic = known.get(channel)!
    traffic.lastMailAt = row.last
    traffic.silentSince = silenceOf(asArrivals(row), now)
  }
  for (const { channel, side, n } of await waitingAt(db, channels))
    known.get(channel)![side === 'in' ? 'waitingIn' : 'waitingOut'] = Number(n)
  return (channel) => known.get(channel) ?? none()
}

interface Row {
  channel: string
  first: Date
  last: Date
  hours: string
  /** s; null: only one hour had mail */
  longest: string | null
}
const asArrivals = ({ first, last, hours, longest }: Omit<Row, 'channel'>): Arrivals => ({
  ...{ first, last, hours: Number(hours) },
  longestPause: Number(longest ?? 0) * 1000,
})

/**
 * Goes from hour to hour by the index, however many mails there are: at most 672 steps for four weeks. A pause comes
 * out an hour too long at most.
 */
async function arrivalsOf(db: Db, channels: string[]): Promise<Row[]> {
  const live = sql`l.channel = c.channel and l.mode = 'live' and l.remote ->> 'sentFolder' is null`
  const { rows } = await sql<Row>`
    with recursive ends as (
      select c.channel, (select max(l.received_at) from ledger l where ${live}) as last
      from unnest(${channels}::bigint[]) as c (channel)
    ), steps as (
      select c.channel, c.last, (select min(l.received_at) from ledger l
        where ${live} and l.received_at >= c.last - interval '28 days') as at
      from ends c
      where c.last is not null
      union all
      select c.channel, c.last, (select min(l.received_at) from ledger l
        where ${live} and l.received_at > c.at + interval '1 hour') as at
      from steps c
      where c.at is not null
    ), pauses as (
      select channel, last, at, extract(epoch from at - lag(at) over (partition by channel order by at)) as pause
      from steps
      where at is not null
    )
    select channel, min(at) as first, max(last) as last, count(*) as hours, max(pause) as longest
    from pauses
    group by channel`.execute(db)
  return rows
}

async function waitingAt(db: Db, channels: string[]) {
  const { rows } = await sql<{ channel: string; side: 'in' | 'out'; n: string }>`
    select channel, 'in' as side, count(*) as n from ledger
    where outcome in ('waiting', 'failed') and channel = any(${channels}::bigint[])
    group by channel
    union all
    select channel, 'out', count(*) from deliveries
    where state in ('queued', 'sending', 'uncertain') and channel = any(${channels}::bigint[])
    group by channel`.execute(db)
  return rows
}
