// Keeping: file row, ledger rows and the door's count in one statement, so in one transaction. The bytes are on disk
// before (house.files.keep). Many messages may share the statement: a door that is busy commits once for several.
import { sql } from 'kysely'
import type { Remote } from '#channels/channel.ts'
import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { LedgerTable } from '#platform/db/schema.gen.ts'

/** One message at a door, for one inbox. */
export interface Arrival {
  door: LedgerTable['door']
  channel: string | null
  inbox: string
  /** names the message at its source; the same again is no second arrival */
  sourceKey: string | null
  sha256: Uint8Array
  /** bytes */
  size: number
  envelopeFrom: string | null
  envelopeTo: string[]
  mode: 'live' | 'history'
  /** what the sender check needs */
  remote: Remote | null
  receivedAt: Date
  /** true: this process works on it now; false: whoever looks next */
  inHand: boolean
}
export interface Kept {
  ledger: string
  /** false: this source had brought it before */
  fresh: boolean
}

/** How long a process that said it works on a message is believed. */
const lease = minutes(2)
const shards = 16

/** @returns one answer per arrival, in order */
export async function keep(db: Db, arrivals: Arrival[]): Promise<Kept[]> {
  if (arrivals.length === 0) return []
  const rows = arrivals.map((arrival) => ({
    ...arrival,
    sha256: Buffer.from(arrival.sha256).toString('hex'),
    tries: arrival.inHand ? 1 : 0,
    nextTryAt: arrival.inHand ? after(arrival.receivedAt, lease) : arrival.receivedAt,
  }))
  const { rows: inserted } = await sql<{ id: string; key: string }>`${keepPlan}
    with arrivals as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(
        door text, channel bigint, inbox bigint, "sourceKey" text, sha256 text, size bigint, "envelopeFrom" text,
        "envelopeTo" text[], mode text, remote jsonb, "receivedAt" timestamptz, tries int, "nextTryAt" timestamptz)
    ), stored as (
      insert into files (sha256, size, stored_at)
      select distinct on (sha256) decode(sha256, 'hex'), size, "receivedAt" from arrivals order by sha256
      -- Known bytes are young again, so that no sweep takes them now (flows/sweep-files.ts).
      on conflict (sha256) do update set stored_at = excluded.stored_at where files.stored_at < excluded.stored_at - interval '1 hour'
    ), taken as (
      insert into ledger (door, channel, inbox, source_key, sha256, size, envelope_from, envelope_to, mode, remote,
        received_at, tries, next_try_at)
      select door, channel, inbox, "sourceKey", decode(sha256, 'hex'), size, "envelopeFrom", "envelopeTo", mode,
        remote, "receivedAt", tries, "nextTryAt" from arrivals
      on conflict do nothing
      returning id, door, inbox, source_key, sha256
    ), counted as (
      insert into door_counts (door, shard, received)
      select door, ${Math.floor(Math.random() * shards)}::smallint, count(*) from taken group by door
      on conflict (door, shard) do update set received = door_counts.received + excluded.received
    )
    select id, inbox || ' ' || encode(sha256, 'hex') || ' ' || coalesce(source_key, '') as key from taken`.execute(
    db,
  )
  const byKey = Map.groupBy(inserted, (row) => row.key)
  const kept: Kept[] = []
  for (const row of rows) {
    const id = byKey.get(`${row.inbox} ${row.sha256} ${row.sourceKey ?? ''}`)?.shift()?.id
    kept.push(id ? { ledger: id, fresh: true } : { ledger: await keptBefore(db, row), fresh: false })
  }
  return kept
}

async function keptBefore(
  db: Db,
  { door, channel, inbox, sourceKey }: Pick<Arrival, 'door' | 'channel' | 'inbox' | 'sourceKey'>,
): Promise<string> {
  const { id } = await db
    .selectFrom('ledger')
    .select('id')
    .where('door', '=', door)
    .where('channel', channel === null ? 'is' : '=', channel)
    .where('inbox', '=', inbox)
    .where('source_key', '=', sourceKey)
    .executeTakeFirstOrThrow()
  return id
}
