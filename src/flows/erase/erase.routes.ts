import Type from 'typebox'
import * as conversations from '#features/conversations/conversations.ts'
import { inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Id } from '../../shared/wire.ts'
import { type ErasureKind, erase, placeOf } from './erase.ts'

const tags = ['Erasing']
const description =
  'Its words and files go from everywhere: the row, the raw mail, the search, drafts, and later mails that quote them, whose raw source goes as a whole. The mail log keeps hash, outcome and reason. It cannot be undone. 409 `already_sending` for what is still to be sent.'

const Body = Type.Object({
  reason: Type.String({ minLength: 1, maxLength: 500, description: 'kept, and shown in the timeline' }),
})
const Done = Type.Object({
  conversation: Type.Integer({ description: 'number of the conversation it was in' }),
})
const kinds = [
  ['message', 'messages', 'Erase a message everywhere'],
  ['comment', 'comments', 'Erase a comment and its files'],
  ['attachment', 'attachments', 'Erase a file, also where it was sent on in the same conversation'],
] as const

/** What administrators erase, with a reason. */
export function addErasingRoutes(app: App, house: House): void {
  for (const [kind, path, summary] of kinds)
    app.put(
      `/api/v1/${path}/:id/erasure`,
      {
        config: { who: 'admin' },
        schema: {
          summary,
          description,
          tags,
          params: Type.Object({ id: Id }),
          body: Body,
          response: { 200: Done },
        },
      },
      async (request) => {
        const { id: agent } = callerOf(request)
        const reason = request.body.reason.trim() || refuseField('reason', 'required')
        return { conversation: await eraseAs(house, agent, kind, request.params.id, reason) }
      },
    )
}

async function eraseAs(house: House, agent: string, kind: ErasureKind, subject: string, reason: string) {
  return inTransaction(house.db, async (tx) => {
    const place = (await placeOf(tx, { kind, subject })) ?? refuse('not_found')
    if (!(await conversations.sees(tx, agent, place.conversation))) refuse('not_found')
    const row = await conversations.lock(tx, place.conversation)
    const by = { at: house.clock.now(), actor: { kind: 'agent' as const, id: agent }, agent, reason }
    await erase(tx, row, { kind, subject }, by)
    return Number(row.id)
  })
}
