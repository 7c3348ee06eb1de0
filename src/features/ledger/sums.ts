import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { LedgerSums } from './ledger.contract.ts'

interface Row {
  side: 'received' | 'outgoing'
  door: string
  /** what became of it; null: as it was counted where it passed */
  state: string | null
  n: string
}

/**
 * What came in and what went out, counted where it passed (doors, planned recipients) against the rows that say what
 * became of it. A difference other than 0 means that something was lost or made up. The demo counts for itself; what
 * was refused was never received. One statement, so one moment.
 */
export async function sums(db: Db): Promise<LedgerSums> {
  const { rows } = await sql<Row>`
    select 'received' as side, door, null as state, sum(received) as n from door_counts group by door
    union all select 'received', door, outcome, count(*) from ledger where outcome <> 'refused' group by door, outcome
    union all select 'outgoing', '', null, coalesce(sum(total), 0) from delivery_counts
    union all select 'outgoing', '', state, count(*) from deliveries group by state`.execute(db)
  const received = rows.filter(({ side, door }) => side === 'received' && door !== 'demo')
  const outgoing = rows.filter(({ side }) => side === 'outgoing')
  const demo = rows.filter(({ door }) => door === 'demo')
  const came = (outcome: string) => add(received, ({ state }) => state === outcome)
  const went = (...states: string[]) => add(outgoing, ({ state }) => states.includes(state ?? ''))
  return {
    received: {
      total: add(received, isCount),
      threaded: came('threaded'),
      started: came('started'),
      comment: came('comment'),
      bounce: came('bounce'),
      ignored: came('ignored'),
      quarantined: came('quarantined'),
      failed: came('failed'),
      waiting: came('waiting'),
      difference: difference(received),
    },
    outgoing: {
      total: add(outgoing, isCount),
      sent: went('sent'),
      delivered: went('delivered', 'read'),
      bounced: went('bounced'),
      failed: went('failed'),
      cancelled: went('cancelled'),
      waiting: went('scheduled', 'held', 'queued', 'sending', 'uncertain'),
      difference: difference(outgoing),
    },
    demo: { total: add(demo, isCount), difference: difference(demo) },
  }
}

/** Nothing was lost or made up, in or out. */
export const isAccountedFor = (sheet: LedgerSums): boolean =>
  Object.values(sheet).every(({ difference }) => difference === 0)

const isCount = ({ state }: Row) => state === null
const add = (rows: Row[], which: (row: Row) => boolean) =>
  rows.filter(which).reduce((sum, { n }) => sum + Number(n), 0)

/** How many are missing, or too many (below 0). One lost at a door and one made up at another are two, not none. */
function difference(rows: Row[]): number {
  const perDoor = [...Map.groupBy(rows, ({ door }) => door).values()].map(
    (door) => add(door, isCount) - add(door, (row) => !isCount(row)),
  )
  const plain = perDoor.reduce((sum, n) => sum + n, 0)
  return plain === 0 ? perDoor.reduce((sum, n) => sum + Math.abs(n), 0) : plain
}
