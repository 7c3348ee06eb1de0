import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import * as conversations from '#features/conversations/conversations.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf, refuseWithout } from '#platform/http/http.ts'
import { Id, Nullable, Time } from '../../shared/wire.ts'
import { placeOf } from '../erase/erase.ts'
import { findSeal, open, type Sealing, seal, unseal } from './seal.ts'

const tags = ['Sealing']
const params = Type.Object({ id: Id })
const Body = Type.Object({
  reason: Type.String({ minLength: 1, maxLength: 500, description: 'kept, and shown in the timeline' }),
})
const Sealed = Type.Object({ id: Id, conversation: Type.Integer() })
const Opened = Type.Object({
  until: Time,
  subject: Nullable(Type.String()),
  text: Type.String(),
  attachments: Type.Array(
    Type.Object({ id: Id, name: Type.String(), type: Type.String(), size: Type.Integer() }),
  ),
})

/** Anybody who sees a message may seal it; opening wants the right `sealed`, and says why. */
export function addSealRoutes(app: App, house: House): void {
  const { db, secrets } = house
  const sealingOf = (request: FastifyRequest, given: string): Sealing => {
    const { id } = callerOf(request)
    const reason = given.trim() || refuseField('reason', 'required')
    return { at: house.clock.now(), actor: { kind: 'agent', id }, agent: id, reason }
  }
  for (const [kind, path, what] of [
    ['message', 'messages', 'Seal a message with its files'],
    ['attachment', 'attachments', 'Seal a file, also where it was sent on in the same conversation'],
  ] as const)
    app.put(
      `/api/v1/${path}/:id/seal`,
      {
        config: { who: 'agent' },
        schema: {
          summary: what,
          description:
            'It goes out of lists, search, quotes, drafts and the raw mail, and is kept encrypted for who may open it. 409 `already_sending` for what is still to be sent, `sealed` for what is.',
          tags,
          params,
          body: Body,
          response: { 200: Sealed },
        },
      },
      (request) =>
        inTransaction(db, async (tx) => {
          const { id } = request.params
          const by = sealingOf(request, request.body.reason)
          const place = (await placeOf(tx, { kind, subject: id })) ?? refuse('not_found')
          if (place.type !== 'message') refuse('not_found')
          if (!(await conversations.sees(tx, by.agent, place.conversation))) refuse('not_found')
          const row = await conversations.lock(tx, place.conversation)
          const attachment = kind === 'attachment' ? id : null
          const made = await seal(tx, secrets, row, { message: place.item, attachment, at: place.at }, by)
          return { id: made, conversation: Number(row.id) }
        }),
    )

  app.put(
    '/api/v1/messages/:id/check',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'A card number or passport pointed out in it was looked at: it is pointed out no more',
        tags,
        params,
        response: { 200: Type.Object({ conversation: Type.Integer() }) },
      },
    },
    (request) =>
      inTransaction(db, async (tx) => {
        const by = { ...byCaller(house, request), agent: callerOf(request).id }
        const id = await conversations.visibleMessage(tx, request.params.id, by.agent)
        const place = (await placeOf(tx, { kind: 'message', subject: id })) ?? refuse('not_found')
        const row = await conversations.lock(tx, place.conversation)
        await conversations.check(tx, row, id, by)
        return { conversation: Number(row.id) }
      }),
  )

  /** The seal, for who sees its conversation and has the right. */
  const mine = async (tx: Db, request: FastifyRequest<{ Params: { id: string } }>) => {
    const found = await findSeal(tx, request.params.id)
    const caller = callerOf(request)
    if (!(await conversations.sees(tx, caller.id, found.conversation))) refuse('not_found')
    refuseWithout('sealed', caller)
    return found
  }
  app.post(
    '/api/v1/seals/:id/openings',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Open what is sealed, with a reason',
        description:
          'For administrators, and agents with the right `sealed`. The timeline tells who opened it and why. Its files (and the raw mail, with the right `source`) can be fetched until the time given.',
        tags,
        params,
        body: Body,
        response: { 200: Opened },
      },
    },
    async (request, reply) => {
      const opened = await inTransaction(db, async (tx) =>
        open(tx, secrets, await mine(tx, request), sealingOf(request, request.body.reason)),
      )
      void reply.header('cache-control', 'private, no-store')
      return opened
    },
  )
  app.delete(
    '/api/v1/seals/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Take a seal off: everything stands where it stood',
        description: 'For administrators, and agents with the right `sealed`.',
        tags,
        params,
        body: Body,
        response: { 200: Type.Object({ conversation: Type.Integer() }) },
      },
    },
    (request) =>
      inTransaction(db, async (tx) => {
        const found = await mine(tx, request)
        await unseal(tx, secrets, found, sealingOf(request, request.body.reason))
        return { conversation: Number(found.conversation) }
      }),
  )
}
