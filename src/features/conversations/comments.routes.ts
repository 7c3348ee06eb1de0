import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { safeHtml } from '#platform/html/safe-html.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '../../shared/wire.ts'
import { changeComment, type Editor } from './change-comment.ts'
import { comment } from './comment.ts'
import { Comment, NewComment } from './conversations.contract.ts'
import { findLocked } from './find.ts'
import { commentsById, placeOf } from './items.queries.ts'
import { showComment } from './items.ts'
import { read } from './read.ts'
import { writerOf } from './verb-route.ts'

const tags = ['Comments']

/** What was written, made safe; the text comes out of the HTML where only that was given. */
function wordsOf({ text, html, attachments }: NewComment) {
  const safe = html?.trim() ? safeHtml(html) : null
  const plain = (text?.trim() ? text : safe ? htmlToText(safe) : '').trim()
  if (plain === '' && !safe?.includes('<img') && !attachments?.length) refuseField('text', 'required')
  return { text: plain, html: safe }
}

/** Internal comments: written by whoever sees the conversation, changed by their author or an administrator. */
export function addCommentRoutes(app: App, house: House): void {
  app.post(
    '/api/v1/conversations/:number/comments',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Comment: internal, never visible to the customer',
        description: 'Agents mentioned see the conversation from now on and follow it.',
        tags,
        params: Type.Object({ number: Type.String({ pattern: '^[0-9]{1,18}$' }) }),
        body: NewComment,
        response: { 201: Comment },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const by = writerOf(request, house)
        const { mentions = [], stop = false, attachments = [] } = request.body
        const row = await findLocked(tx, by.agent, request.params.number)
        const words = { ...wordsOf(request.body), mentions: [...new Set(mentions)], stop, attachments }
        const written = await comment(tx, row, words, by)
        await read(tx, written.row, by.agent, by)
        return shownComment(tx, written.id)
      }),
  )

  app.patch(
    '/api/v1/comments/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change your comment (administrators: any); what it said before stays in its event',
        tags,
        params: Type.Object({ id: Id }),
        body: NewComment,
        response: { 200: Comment },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = request.params
        const { mentions, stop, attachments, text, html } = request.body
        const by = editor(request)
        const row = await findLocked(tx, by.agent, await conversationOf(tx, id))
        const words = text === undefined && html === undefined ? {} : wordsOf(request.body)
        await changeComment(
          tx,
          row,
          id,
          {
            ...words,
            ...(mentions ? { mentions: [...new Set(mentions)] } : {}),
            ...(stop === undefined ? {} : { stop }),
            attachments,
          },
          by,
        )
        return shownComment(tx, id)
      }),
  )

  const editor = (request: FastifyRequest) => editorOf(request, house)
}

/** Who changes a comment or takes it back: its author may, and an administrator. */
export const editorOf = (request: FastifyRequest, house: House): Editor => ({
  ...writerOf(request, house),
  admin: callerOf(request).role === 'admin',
})

/** The conversation a comment stands in (404). */
export async function conversationOf(db: House['db'], comment: string): Promise<string> {
  const place = await placeOf(db, comment)
  return place?.type === 'comment' ? place.conversation : refuse('not_found')
}

export async function shownComment(db: House['db'], id: string): Promise<Comment> {
  const [row] = await commentsById(db, [id])
  return row ? showComment(row) : refuse('not_found')
}
