import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Nullable } from '../../shared/wire.ts'
import { Conversation } from './conversations.contract.ts'
import { showConversation } from './show.ts'
import { takeNext } from './take-next.ts'
import { writerOf } from './verb-route.ts'

export function addNextRoutes(app: App, house: House): void {
  app.post(
    '/api/v1/queue/next',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Take the next: the most urgent that waits in your teams becomes yours',
        description: `Open ones that are nobody's, and of colleagues who are away those whose customers wait. Two agents never
get the same. null: nothing waits.`,
        tags: ['Conversations'],
        response: { 200: Type.Object({ conversation: Nullable(Conversation) }) },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const by = writerOf(request, house)
        const row = await takeNext(tx, by)
        return { conversation: row && (await showConversation(tx, row.id, by.agent)) }
      }),
  )
}
