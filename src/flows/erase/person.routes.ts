import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import * as attachments from '#features/attachments/attachments.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as customers from '#features/customers/customers.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Id } from '../../shared/wire.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'

const tags = ['Customers']
const params = Type.Object({ id: Id })

/** A whole person: everything kept about him handed out, or erased. For administrators who see all he takes part in. */
export function addPersonRoutes(app: App, house: House): void {
  /** 403 where he takes part in something the caller does not see: half a person is neither. */
  async function personOf(db: Db, request: FastifyRequest<{ Params: { id: string } }>): Promise<string> {
    const { id } = request.params
    const known = await db.selectFrom('customers').select('id').where('id', '=', id).executeTakeFirst()
    if (!known) return refuse('not_found')
    const ids = await customers.everybodyIn(db, id)
    for (const place of await conversations.conversationsOfPerson(db, ids))
      if (!(await conversations.sees(db, callerOf(request).id, place.id))) return refuse('forbidden')
    return id
  }
  app.get(
    '/api/v1/customers/:id/export',
    {
      config: { who: 'admin' },
      schema: {
        summary:
          'Everything kept about a customer: a ZIP with person.json, his files and his mails; comments and notes apart in internal.json',
        description:
          '403 where he takes part in a conversation the caller does not see. Sealed things are named, not handed out.',
        tags,
        params,
        response: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const id = await personOf(house.db, request)
      return reply
        .headers({
          'content-type': 'application/zip',
          'content-disposition': attachments.contentDisposition('attachment', `customer-${id}.zip`),
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
        .send(Readable.from(attachments.zip(exportPerson(house, id, callerOf(request).language))))
    },
  )
  app.put(
    '/api/v1/customers/:id/erasure',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Erase a whole person',
        description:
          'His words, files, addresses, notes and name go from everywhere, in his own conversations our answers and comments too; what others wrote stays. The mail log keeps hash, outcome and reason. It cannot be undone. 409 `already_sending` while something to him is still to be sent.',
        tags,
        params,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }),
        response: {
          200: Type.Object({ erased: Type.Integer({ description: 'messages and comments' }) }),
        },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id: agent } = callerOf(request)
        const reason = request.body.reason.trim() || refuseField('reason', 'required')
        const by = { at: house.clock.now(), actor: { kind: 'agent' as const, id: agent }, agent, reason }
        return { erased: await erasePerson(tx, await personOf(tx, request), by) }
      }),
  )
}
