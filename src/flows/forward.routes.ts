import { Item, NewForward } from '#features/conversations/conversations.contract.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { forward } from './forward.ts'
import { ConversationNumber } from './send-reply.routes.ts'
import { shown, writingOf } from './send-reply.ts'
import type { SendingChannels } from './sending/way-out.ts'

/** Who may see a conversation may pass a message of it on. */
export function addForwardRoutes(app: App, house: House, channels: SendingChannels): void {
  app.post(
    '/api/v1/conversations/:number/forwards',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Passes a message on to somebody outside',
        description: 'The newest one from outside, or the item named.',
        tags: ['Messages'],
        params: ConversationNumber,
        body: NewForward,
        response: { 201: Item },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const writing = writingOf(request, house, channels)
        const message = await forward(tx, writing, request.params.number, request.body)
        return shown(tx, message, writing.language)
      }),
  )
}
