import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { unlearnAll } from './learn.ts'
import { SpamLearning } from './spam.contract.ts'
import { setJudging, showLearning } from './switch.ts'

const tags = ['Spam']

/** Agents see what was learned; administrators switch it and let it be forgotten. */
export function addSpamRoutes(app: App, house: House): void {
  const { db } = house
  app.get(
    '/api/v1/spam-learning',
    {
      config: { who: 'agent' },
      schema: { summary: 'How much was learned of spam here', tags, response: { 200: SpamLearning } },
    },
    async () => showLearning(db),
  )

  app.put(
    '/api/v1/spam-learning',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Judge new mail by it, or not; learning goes on either way',
        tags,
        body: Type.Object({ on: Type.Boolean() }, { additionalProperties: false }),
        response: { 200: SpamLearning },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const { on } = request.body
        await setJudging(tx, on)
        await append(tx, {
          ...byCaller(house, request),
          kind: 'settings_changed',
          after: { spam_judging: on },
        })
        return showLearning(tx)
      }),
  )

  app.delete(
    '/api/v1/spam-learning',
    {
      config: { who: 'admin' },
      schema: { summary: 'Forget all that was learned', tags, response: { 200: SpamLearning } },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        await unlearnAll(tx)
        await append(tx, {
          ...byCaller(house, request),
          kind: 'settings_changed',
          after: { spam_learning: 'forgotten' },
        })
        return showLearning(tx)
      }),
  )
}
