import Type from 'typebox'
import * as consults from '#features/consults/consults.ts'
import { Comment } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Id } from '../../shared/wire.ts'

/** Who answered a question that was forwarded to him is known from now on. */
export function addApprovalRoutes(app: App, house: House): void {
  app.put(
    '/api/v1/comments/:id/approval',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Say that whoever wrote this answer may answer, though he was not asked himself',
        description:
          'Once for the person: all his answers lose their mark, later ones have none. 404 where the comment is no answer of somebody who was not asked.',
        tags: ['Consults'],
        params: Type.Object({ id: Id }),
        response: { 200: Comment },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = request.params
        const by = conversations.writerOf(request, house)
        const row = await conversations.findLocked(tx, by.agent, await conversations.conversationOf(tx, id))
        const comment = await tx
          .selectFrom('comments')
          .select(['author_address', 'invited', 'consult'])
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst()
        if (!comment?.author_address || comment.invited === null || !comment.consult)
          return refuse('not_found')
        await consults.approvePerson(tx, comment.author_address, by)
        const told = { at: by.at, actor: by.actor, kind: 'person_approved', conversation: row.id, item: id }
        await append(tx, { ...told, after: { address: comment.author_address } })
        return conversations.shownComment(tx, id)
      }),
  )
}
