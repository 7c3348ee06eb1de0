import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { LedgerSums } from './ledger.contract.ts'
import { sums } from './sums.ts'

/** Whether everything is accounted for is the administrators' concern. */
export function addLedgerRoutes(app: App, { db }: House): void {
  app.get(
    '/api/v1/ledger',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'What was counted at the doors against the rows there are: `difference` is 0 in health',
        tags: ['Mail log'],
        response: { 200: LedgerSums },
      },
    },
    () => sums(db),
  )
}
