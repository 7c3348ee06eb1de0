import Type from 'typebox'
import { Item, Mailbox, MailboxInput, NewMessage } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '../shared/wire.ts'
import { sendElsewhere } from './send-elsewhere.ts'
import { release, shown, undo, write, writingOf } from './send-reply.ts'
import { previewReply } from './sending/preview.ts'
import type { SendingChannels } from './sending/way-out.ts'
import { wrongLetter } from './sending/wrong-letter.ts'

export const ConversationNumber = Type.Object({
  number: Type.String({ pattern: '^[0-9]{1,18}$', description: "the conversation's number" }),
})
const MessageParams = Type.Object({ id: Id })
export const Preview = Type.Object({
  from: Mailbox,
  to: Type.Array(Mailbox),
  cc: Type.Array(Mailbox),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
})
const tags = ['Messages']

/** Replying, undoing, letting go: who may see a conversation may do it, save ending another's undo window. */
export function addSendingRoutes(app: App, house: House, channels: SendingChannels): void {
  app.post(
    '/api/v1/conversations/:number/messages',
    {
      config: { who: 'agent', alsoWrong: (body) => wrongLetter(body) },
      schema: {
        summary: 'Replies',
        description:
          'Without `to` and `cc` it goes to the customer and all confirmed participants. 409 `stale` with `newer` ' +
          'when something that matters is newer than `lastSeen`; 409 `repeated` for the same text within two minutes.',
        tags,
        params: ConversationNumber,
        body: NewMessage,
        response: { 201: Item },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, (tx) =>
        write(tx, writingOf(request, house, channels), request.params.number, request.body),
      ),
  )

  app.post(
    '/api/v1/conversations/:number/messages/preview',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'What would leave, exactly, without sending it',
        tags,
        params: ConversationNumber,
        body: NewMessage,
        response: { 200: Preview },
      },
    },
    async (request) =>
      previewReply(
        writingOf(request, house, channels),
        await conversations.find(house.db, callerOf(request).id, request.params.number),
        request.body,
      ),
  )

  app.delete(
    '/api/v1/messages/:id/sending',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Undo, until it is on its way',
        description:
          'Whoever sees the conversation may: a reply that must not leave is stopped by whoever notices it first.',
        tags,
        params: MessageParams,
        response: { 200: Type.Object({ state: Type.Literal('cancelled') }) },
      },
    },
    async (request) => {
      await inTransaction(house.db, (tx) => undo(tx, writingOf(request, house, channels), request.params.id))
      return { state: 'cancelled' as const }
    },
  )

  app.put(
    '/api/v1/messages/:id/sending',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Lets a held message leave now, or tries a failed one again',
        description:
          'While its writer can still undo it, only the writer (409 `in_undo_window`, administrators included). One ' +
          'that waits for its time, was held back by news or has failed: whoever sees the conversation.',
        tags,
        params: MessageParams,
        response: { 200: Item },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        await release(tx, writingOf(request, house, channels), request.params.id)
        return shown(tx, request.params.id, callerOf(request).language)
      }),
  )

  app.post(
    '/api/v1/messages/:id/recipients',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Sends it to another address instead of one that was not reached',
        tags,
        params: MessageParams,
        body: Type.Object({
          instead: Type.String({ maxLength: 320, description: 'the recipient that failed or came back' }),
          to: MailboxInput,
        }),
        response: { 200: Item },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 200, async (tx) => {
        await sendElsewhere(tx, { house, writer: callerOf(request).id }, request.params.id, request.body)
        return shown(tx, request.params.id, callerOf(request).language)
      }),
  )
}
