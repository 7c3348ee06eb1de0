import Type from 'typebox'
import type { House } from '#platform/house.ts'
import { type App, languageFor } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { text } from '#platform/texts/texts.ts'
import { Id } from '../../shared/wire.ts'
import { ensure } from '../tags/tags.ts'
import { type Answer, changeMany, undoMany } from './bulk.ts'
import { BulkAnswer, BulkChange } from './conversations.contract.ts'
import { writerOf } from './verb-route.ts'

const tags = ['Conversations']

/** Each number is answered for itself: done, or refused with a code. */
export function addBulkRoutes(app: App, house: House): void {
  const show = (language: string, { id, answers }: { id: string; answers: Answer[] }) => ({
    id,
    answers: answers.map(({ number, refusal }) =>
      refusal
        ? {
            number,
            ok: false,
            code: refusal.code,
            text: text(language, `errors:${refusal.code}`, refusal.params),
          }
        : { number, ok: true },
    ),
  })

  app.post(
    '/api/v1/conversations/bulk',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'One change to many conversations, answered per number',
        tags,
        body: BulkChange,
        response: { 200: BulkAnswer },
      },
    },
    async (request, reply) => {
      // New tags are there before any conversation is locked: whoever tags just one would wait for us, and we for him.
      for (const name of request.body.do.addTags ?? []) await ensure(house.db, name, house.clock.now())
      return answerOnce(house, request, reply, 200, async (tx) =>
        show(languageFor(request), await changeMany(tx, request.body, writerOf(request, house))),
      )
    },
  )

  app.post(
    '/api/v1/bulk/:id/undo',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Undo your bulk change; what somebody has changed since stays and is answered changed_since',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: BulkAnswer },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 200, async (tx) =>
        show(languageFor(request), await undoMany(tx, request.params.id, writerOf(request, house))),
      ),
  )
}
