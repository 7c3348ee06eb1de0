import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { LedgerSums } from './ledger.contract.ts'

/**
 * What came in and what went out, counted where it passed (doors, planned recipients) against the rows that say what
 * became of it. A difference other than 0 means that rows are missing: something was lost. The demo counts for itself.
 */
export async function sums(db: Db): Promise<LedgerSums> {
  const { rows } = await sql<{ side: 'received' | 'outgoing' | 'counted'; what: string; n: string }>`
    select 'counted' as side, 'received' as what, coalesce(sum(received), 0) as n from door_counts where door <> 'demo'
    union all select 'counted', 'outgoing', coalesce(sum(total), 0) from delivery_counts
    union all select 'received', outcome, count(*) from ledger where door <> 'demo' and outcome <> 'refused' group by outcome
    union all select 'outgoing', state, count(*) from deliveries group by state`.execute(db)
  const of = (side: string, ...whats: string[]) =>
    rows
      .filter((row) => row.side === side && whats.includes(row.what))
      .reduce((sum, { n }) => sum + Number(n), 0)
  const received = {
    threaded: of('received', 'threaded'),
    started: of('received', 'started'),
    comment: of('received', 'comment'),
    bounce: of('received', 'bounce'),
    ignored: of('received', 'ignored'),
    quarantined: of('received', 'quarantined'),
    failed: of('received', 'failed'),
    waiting: of('received', 'waiting'),
  }
  const outgoing = {
    sent: of('outgoing', 'sent'),
    delivered: of('outgoing', 'delivered', 'read'),
    bounced: of('outgoing', 'bounced'),
    failed: of('outgoing', 'failed'),
    cancelled: of('outgoing', 'cancelled'),
    waiting: of('outgoing', 'scheduled', 'held', 'queued', 'sending', 'uncertain'),
  }
  return {
    received: withTotal(of('counted', 'received'), received),
    outgoing: withTotal(of('counted', 'outgoing'), outgoing),
  }
}

function withTotal<T extends Record<string, number>>(total: number, parts: T) {
  const there = Object.values(parts).reduce((sum, n) => sum + n, 0)
  return { total, ...parts, difference: total - there }
}
