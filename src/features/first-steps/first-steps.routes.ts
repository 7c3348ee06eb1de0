import { sightOf } from '#features/conversations/conversations.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { FirstSteps } from './first-steps.contract.ts'
import { type Beginner, bringBack, dismiss, firstSteps, noteKeyboard } from './first-steps.ts'

/** What is left to do on a new desk, ticked by what is there. */
export function addFirstStepsRoutes(app: App, house: House): void {
  const { db } = house
  const route = (summary: string) => ({
    config: { who: 'agent' as const },
    schema: { summary, tags: ['First steps'], response: { 200: FirstSteps } },
  })
  const beginner = (request: Parameters<typeof callerOf>[0]): Beginner => {
    const { id, role } = callerOf(request)
    return { id, admin: role === 'admin' }
  }
  const show = async (me: Beginner) => firstSteps(db, me, await sightOf(db, me.id))
  const change =
    (act: (tx: Db, me: Beginner, by: By) => Promise<void>) =>
    async (request: Parameters<typeof callerOf>[0]) => {
      const me = beginner(request)
      await inTransaction(db, (tx) => act(tx, me, byCaller(house, request)))
      return show(me)
    }
  app.get('/api/v1/first-steps', route('First steps on this desk, and which are done'), (request) =>
    show(beginner(request)),
  )
  app.put('/api/v1/first-steps/dismissal', route('Puts the first steps away'), change(dismiss))
  app.delete('/api/v1/first-steps/dismissal', route('Shows them again'), change(bringBack))
  app.put('/api/v1/first-steps/keyboard', route('The list of keys was looked at'), change(noteKeyboard))
}
