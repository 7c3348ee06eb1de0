import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { mailAddress } from '#shared/address/address.ts'
import { Id, Nullable } from '../../shared/wire.ts'
import { know } from '../customers/customers.ts'
import { Conversation } from './conversations.contract.ts'
import { findLocked } from './find.ts'
import { customerNamed } from './named.ts'
import { addParticipant, addressOf, type NewParticipant, removeParticipant } from './participants.ts'
import { showConversation } from './show.ts'
import { addVerb, writerOf } from './verb-route.ts'

const NewParticipantInput = Type.Object({
  customer: Type.Optional(Id),
  address: Type.Optional(Type.String({ maxLength: 320 })),
  name: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
})
type Input = { customer?: string; address?: string; name?: string | null }

/** Who is meant: a customer we know, or an address that becomes one. */
async function personOf(tx: House['db'], input: Input, me: string, now: Date): Promise<NewParticipant> {
  if (input.customer) {
    const person = await addressOf(tx, await customerNamed(tx, input.customer, me))
    return person.address ? person : refuseField('customer', 'not_an_address')
  }
  const address = mailAddress(input.address ?? '') ?? refuseField('address', 'not_an_address')
  const name = input.name ?? null
  const [customer] = await know(
    tx,
    [{ kind: 'mail', scope: '0', value: address, name, verified: false }],
    now,
  )
  return { customer: customer!, address, name }
}

/** Other outside people: added or confirmed (they get our replies from now on), removed. */
export function addParticipantRoutes(app: App, house: House): void {
  app.post(
    '/api/v1/conversations/:number/participants',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Add somebody by address or customer id, or confirm him: he gets our replies from now on',
        tags: ['Conversations'],
        params: Type.Object({ number: Type.String({ pattern: '^[0-9]{1,18}$' }) }),
        body: NewParticipantInput,
        response: { 200: Conversation },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 200, async (tx) => {
        const by = writerOf(request, house)
        const row = await findLocked(tx, by.agent, request.params.number)
        await addParticipant(tx, row, await personOf(tx, request.body, by.agent, by.at), by)
        return showConversation(tx, row.id, by.agent)
      }),
  )
  const person = Type.String({ maxLength: 320, description: 'customer id or address' })
  const Named = Type.Object({ address: Type.Optional(person), customer: Type.Optional(Id) })
  addVerb(
    app,
    house,
    'DELETE',
    'participants/:person',
    'Remove somebody: our replies no longer go there',
    { params: Type.Object({ person }) },
    (tx, row, input, by) => removeParticipant(tx, row, input.person, by),
  )
  app.delete(
    '/api/v1/conversations/:number/participants',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The same, with address or customer in the query or the body',
        tags: ['Conversations'],
        params: Type.Object({ number: Type.String({ pattern: '^[0-9]{1,18}$' }) }),
        querystring: Named,
        body: Nullable(Named),
        response: { 200: Conversation },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const by = writerOf(request, house)
        const { address, customer } = { ...request.query, ...request.body }
        const row = await findLocked(tx, by.agent, request.params.number)
        const who = customer ?? address ?? refuseField('address', 'required')
        await removeParticipant(tx, row, who, by)
        return showConversation(tx, row.id, by.agent)
      }),
  )
}
