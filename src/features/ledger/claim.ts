import { sql } from 'kysely'
import type { Remote } from '#channels/channel.ts'
import { after, minutes } from '#platform/clock/clock.ts'
import { type Db, lockSpace } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { wireName } from '#platform/db/listen.ts'
import type { LedgerTable } from '#platform/db/schema.gen.ts'
import type { DueRows } from '#platform/due/due.ts'

/** A kept message that is to be worked on. */
export interface Entry {
  id: string
  door: LedgerTable['door']
  channel: string | null
  /** the channel's kind; null: mail that no channel brought (SMTP door, pipe, import) */
  kind: string | null
  inbox: string
  sha256: Buffer
  /** bytes */
  size: number
  envelopeFrom: string | null
  envelopeTo: string[]
  mode: 'live' | 'history'
  remote: Remote | null
  receivedAt: Date
  /** tries begun, this one included */
  tries: number
}

export const dueTries: DueRows = {
  from: sql`ledger`,
  where: sql`outcome in ('waiting', 'failed')`,
  at: sql`next_try_at`,
  inHand: sql`outcome = 'waiting'`,
}

/**
 * Takes up to `limit` messages whose next try is due, each for one process only; one that a process took and did
 * not finish (it died) is due again after a while.
 */
export async function claimDue(db: Db, now: Date, limit: number): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    with due as (
      select id from ledger where outcome in ('waiting', 'failed') and next_try_at <= ${now}
      order by next_try_at limit ${limit} for update skip locked
    )
    update ledger l set tries = tries + 1, next_try_at = ${after(now, minutes(2))} from due where l.id = due.id
    returning l.id, door, channel, (select kind from channels where id = l.channel) as kind, inbox, sha256, size::int,
      envelope_from as "envelopeFrom", envelope_to as "envelopeTo", mode, remote, received_at as "receivedAt", tries`.execute(
    db,
  )
  return rows
}

/**
 * A process that starts alone takes over at once what the one before it had in hand when it died; with others beside
 * it, what nobody finishes is due again after a while by itself.
 */
export async function takeOver(db: Db, now: Date): Promise<void> {
  await sql`
    update ledger set next_try_at = ${now} where outcome = 'waiting' and next_try_at > ${now}
      and (select count(*) from pg_stat_activity
        where datname = current_database() and application_name = ${wireName}) <= 1`.execute(db)
}

/**
 * Locks these rows until the transaction ends, and the threads of all these Message-IDs: mails that name the same one
 * are taken in one after the other. All ids, each once and in one order, so that two never wait for each other.
 * @returns the rows nobody has settled meanwhile
 */
export async function claim(tx: Db, ids: string[], threads: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`${keepPlan}
    with locked as materialized (
      select pg_advisory_xact_lock(${lockSpace.thread}::int, key) from (
        select distinct hashtext(id) as key from unnest(${threads}::text[]) as id order by 1
      ) as keys
    )
    select l.id from ledger l, (select count(*) from locked) as k
    where l.id = any(${ids}::bigint[]) and l.outcome in ('waiting', 'failed') order by l.id for no key update of l`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.id))
}
