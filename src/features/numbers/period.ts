import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import type { Period } from './numbers.contract.ts'

export interface Periods {
  zone: string
  /** when each began: midnight in the zone, of today and of 27 days before */
  from: Record<Period, Date>
}

/** Offsets are not names: PostgreSQL reads their sign the other way round. */
function zoneNamed(zone: string): string {
  try {
    if (!/^[A-Za-z]/.test(zone)) throw new RangeError(zone)
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return refuseField('zone', 'unknown')
  }
}

export async function periodsOf(db: Db, now: Date, zone = 'UTC'): Promise<Periods> {
  const name = zoneNamed(zone)
  const { rows } = await sql<{ today: Date; weeks: Date }>`
    select day at time zone ${name} as today, (day - interval '27 days') at time zone ${name} as weeks
    from date_trunc('day', ${now}::timestamptz at time zone ${name}) as day`
    .execute(db)
    .catch((error: { code?: string }) =>
      error.code === '22023' ? refuseField('zone', 'unknown') : Promise.reject(error),
    )
  return { zone: name, from: rows[0]! }
}
