import Type from 'typebox'
import { Conversation, Item, NewConversation } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { shown, writingOf } from './send-reply.ts'
import type { SendingChannels } from './sending/way-out.ts'
import { wrongLetter } from './sending/wrong-letter.ts'
import { startConversation } from './start-conversation.ts'

const Started = Type.Object({ ...Conversation.properties, items: Type.Array(Item) })

/** Whoever sees the inbox may begin a conversation in it. */
export function addStartRoutes(app: App, house: House, channels: SendingChannels): void {
  app.post(
    '/api/v1/conversations',
    {
      config: { who: 'agent', alsoWrong: ({ message }) => wrongLetter(message, 'message.') },
      schema: {
        summary: "Begins a conversation on a customer's behalf",
        description:
          'direction out with medium mail writes to him; direction in, or medium phone, notes down what was said.',
        tags: ['Conversations'],
        body: NewConversation,
        response: { 201: Started },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const writing = writingOf(request, house, channels)
        const { conversation, message } = await startConversation(tx, writing, request.body)
        return {
          ...(await conversations.showConversation(tx, conversation, writing.writer)),
          items: [await shown(tx, message, writing.language)],
        }
      }),
  )
}
