import Type from 'typebox'
import type { SharedTestClock } from '#platform/clock/shared-test-clock.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import type { App } from '#platform/http/http.ts'
import { Time } from '#shared/wire.ts'
import { advance, type Settling } from './settle.ts'

const Answer = Type.Object({
  now: Time,
  settled: Type.Boolean({ description: 'everything due by now is done' }),
  pending: Type.Record(Type.String(), Type.Integer()),
})

/** Only with --test-clock, which is refused in production and on any host that is not loopback: hence `anyone`. */
export function addTestClockRoutes(app: App, clock: SharedTestClock, settling: Settling): void {
  const url = '/api/v1/test/clock'
  const config = { who: 'anyone' } as const
  app.get(
    url,
    { config, schema: { hide: true, response: { 200: Type.Object({ now: Time }) } } },
    async () => ({
      now: clock.now().toISOString(),
    }),
  )
  let turn: Promise<unknown> = Promise.resolve()
  app.put(
    url,
    { config, schema: { hide: true, body: Type.Object({ now: Time }), response: { 200: Answer } } },
    async (request) => {
      const target = new Date(request.body.now)
      const answer = turn.then(async () => {
        if (target < clock.now()) refuseField('now', 'in_past')
        const pending = await advance(settling, clock, target)
        return {
          now: clock.now().toISOString(),
          settled: Object.keys(pending).length === 0,
          pending,
        }
      })
      turn = answer.catch(() => {})
      return answer
    },
  )
}
