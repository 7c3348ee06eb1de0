// The test mailbox answers: a real mail, as the recipient's mail program would send it, through the way in.
import Type from 'typebox'
import * as conversations from '#features/conversations/conversations.ts'
import * as outbox from '#features/outbox/outbox.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Id, Nullable } from '../shared/wire.ts'
import { answerTo } from './answer-as-customer.ts'
import type { Receiver } from './receive/receiver.ts'
import { whereItIs } from './receive/where-it-is.ts'

const Answered = Type.Object({
  conversation: Nullable(Type.Integer()),
  item: Nullable(Id),
  outcome: Nullable(Type.String({ description: "the mail log's word for it" })),
})

/** Who may see the mail may answer it as its reader; Foyer's own mails take no answer. */
export function addAnswerRoutes(app: App, house: House, receiver: Receiver): void {
  const { db } = house
  app.post(
    '/api/v1/outbox/:id/answer',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Answers a mail of the test mailbox as the customer would',
        tags: ['Outbox'],
        params: Type.Object({ id: Id }),
        body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 100_000 }) }),
        response: { 201: Answered },
      },
    },
    async (request, reply) => {
      const { id, role } = callerOf(request)
      const reader = { sight: await conversations.sightOf(db, id), admin: role === 'admin' }
      const mail = await outbox.find(db, reader, request.params.id)
      if (!mail.inbox) refuse('not_found')
      const key = request.headers['idempotency-key']
      const [receipt] = await receiver.receive({
        ...(await answerTo(mail, { text: request.body.text }, house.clock.now())),
        door: 'outbox',
        channel: null,
        kind: null,
        inboxes: [mail.inbox],
        // The same key brings the same mail, as it does where a transaction answers (answerOnce).
        sourceKey: key ? `${id} ${mail.id} ${key}` : null,
        mode: 'live',
        remote: null,
        wait: true,
      })
      reply.code(201)
      return whereItIs(house, receipt)
    },
  )
}
