import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Nullable } from '../../shared/wire.ts'
import { LedgerAlarm, LedgerSums } from './ledger.contract.ts'
import { sums } from './sums.ts'
import { alarmOf, markSeen } from './watch.ts'

const tags = ['Mail log']
const Alarm = Type.Object({ alarm: Nullable(LedgerAlarm) })

/** Whether everything is accounted for is the administrators' concern. */
export function addLedgerRoutes(app: App, { db, clock }: House): void {
  app.get(
    '/api/v1/ledger',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'What was counted at the doors against the rows there are: `difference` is 0 in health',
        tags,
        response: { 200: LedgerSums },
      },
    },
    () => sums(db),
  )
  app.get(
    '/api/v1/ledger/alarm',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Whether the last look, a few minutes ago at the most, found a difference',
        tags,
        response: { 200: Alarm },
      },
    },
    async () => ({ alarm: await alarmOf(db) }),
  )
  app.put(
    '/api/v1/ledger/alarm/seen',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'The difference was seen: its banner goes until it changes',
        tags,
        response: { 200: Alarm },
      },
    },
    (request) =>
      inTransaction(db, async (tx) => ({
        alarm: await markSeen(tx, { name: callerOf(request).name, at: clock.now() }),
      })),
  )
}
