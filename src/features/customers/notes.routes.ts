import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '../../shared/wire.ts'
import { NoteInput, OpenedCustomer } from './customers.contract.ts'
import { addNote, bringNoteBack, changeNote, removeNote } from './notes.ts'
import { onlookerOf } from './onlooker.ts'
import { findCustomer, showCustomer } from './show.ts'

const tags = ['Customers']
const params = Type.Object({ id: Id })
const one = Type.Object({ id: Id, note: Id })
const response = { 200: OpenedCustomer }

/** Words about a customer, for those who see him; changed by their author or an administrator. */
export function addNoteRoutes(app: App, house: House): void {
  const { db } = house
  type Request = FastifyRequest<{ Params: { id: string; note: string } }>
  async function onNote(
    request: FastifyRequest,
    act: (tx: Db, note: Parameters<typeof removeNote>[1]) => Promise<void>,
  ) {
    const { id, note } = (request as Request).params
    const caller = callerOf(request)
    return inTransaction(db, async (tx) => {
      const customer = await findCustomer(tx, await onlookerOf(tx, request), id)
      await act(tx, { id: note, customer, agent: caller.id, isAdmin: caller.role === 'admin' })
      return showCustomer(tx, customer)
    })
  }

  app.post(
    '/api/v1/customers/:id/notes',
    {
      config: { who: 'agent' },
      schema: { summary: 'Write something about him', tags, params, body: NoteInput, response },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 200, async (tx) => {
        const id = await findCustomer(tx, await onlookerOf(tx, request), request.params.id)
        await addNote(tx, id, request.body.text, byCaller(house, request))
        return showCustomer(tx, id)
      }),
  )
  app.patch(
    '/api/v1/customers/:id/notes/:note',
    {
      config: { who: 'agent' },
      schema: { summary: 'Change one’s own words', tags, params: one, body: NoteInput, response },
    },
    async (request) =>
      onNote(request, (tx, note) => changeNote(tx, note, request.body.text, byCaller(house, request))),
  )
  app.delete(
    '/api/v1/customers/:id/notes/:note',
    {
      config: { who: 'agent' },
      schema: { summary: 'Take one’s own words away', tags, params: one, response },
    },
    async (request) => onNote(request, (tx, note) => removeNote(tx, note, byCaller(house, request))),
  )
  app.delete(
    '/api/v1/customers/:id/notes/:note/removal',
    {
      config: { who: 'agent' },
      schema: { summary: 'Bring back what was taken away', tags, params: one, response },
    },
    async (request) => onNote(request, (tx, note) => bringNoteBack(tx, note, byCaller(house, request))),
  )
}
