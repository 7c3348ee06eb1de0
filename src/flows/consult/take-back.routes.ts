import Type from 'typebox'
import * as consults from '#features/consults/consults.ts'
import { Comment } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Id } from '../../shared/wire.ts'

/** A comment is taken back, and with it what it asked. */
export function addTakeBackRoutes(app: App, house: House): void {
  app.delete(
    '/api/v1/comments/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Take your comment back (administrators: any); its place in the timeline stays, empty',
        description:
          'What it asked by mail and nobody has answered yet is withdrawn: the ball comes back, nobody is reminded, a mail that has not left stays here.',
        tags: ['Comments'],
        params: Type.Object({ id: Id }),
        response: { 200: Comment },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = request.params
        const by = conversations.editorOf(request, house)
        const row = await conversations.findLocked(tx, by.agent, await conversations.conversationOf(tx, id))
        await conversations.removeComment(tx, row, id, by)
        await consults.withdrawAskedIn(tx, row, id, by)
        return conversations.shownComment(tx, id)
      }),
  )
}
