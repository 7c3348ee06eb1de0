import Type from 'typebox'
import * as conversations from '#features/conversations/conversations.ts'
import { Tag, TagMerge } from '#features/tags/tags.contract.ts'
import { joinInto } from '#features/tags/tags.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '#shared/wire.ts'

/** Two words for one thing become one, everywhere. */
export function addMergeTagsRoute(app: App, house: House): void {
  app.post(
    '/api/v1/tags/:id/merge',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Merge a tag into another: its conversations get that one, it is gone',
        tags: ['Tags'],
        params: Type.Object({ id: Id }),
        body: TagMerge,
        response: { 201: Tag },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { into } = request.body
      return answerOnce(house, request, reply, 201, (tx) =>
        joinInto(tx, id, into, byCaller(house, request), () => conversations.retag(tx, id, into)),
      )
    },
  )
}
