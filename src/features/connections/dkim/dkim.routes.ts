import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { Id, Nullable } from '../../../shared/wire.ts'
import { DkimKey } from '../connections.contract.ts'
import { findChannel } from '../connections.queries.ts'
import { forgetDkimKey, recordName, recordText, setDkimKey, signByDkim } from './dkim.ts'

const tags = ['Channels']
const params = Type.Object({ id: Id })

/** Only administrators. @param isPublished asks the name servers */
export function addDkimRoutes(
  app: App,
  house: House,
  isPublished: (key: { name: string; record: string }) => Promise<boolean>,
): void {
  const { db, secrets, clock } = house
  const shown = async (id: string) => {
    const channel = (await findChannel(db, secrets, clock.now(), id)) ?? refuse('not_found')
    return { dkim: channel.dkim }
  }
  const response = { 200: Type.Object({ dkim: Nullable(DkimKey) }) }
  app.post(
    '/api/v1/channels/:id/dkim',
    {
      config: { who: 'admin' },
      schema: {
        summary:
          'Make a key that the mail of this channel is signed with, or give one; nothing is signed yet',
        tags,
        params,
        body: Type.Object(
          {
            selector: Type.Optional(Type.String({ maxLength: 63, description: 'default: foyer' })),
            privateKey: Type.Optional(
              Nullable(Type.String({ maxLength: 20_000, description: 'PEM, RSA; absent: one is made' })),
            ),
          },
          { additionalProperties: false },
        ),
        response,
      },
    },
    async (request) => {
      const { selector = 'foyer', privateKey = null } = request.body
      const { id } = request.params
      await inTransaction(db, (tx) =>
        setDkimKey(tx, secrets, id, { selector: selector.trim(), privateKey }, byCaller(house, request)),
      )
      return shown(id)
    },
  )
  app.put(
    '/api/v1/channels/:id/dkim',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Sign, or stop; refused (422) while the record is not published',
        tags,
        params,
        body: Type.Object({ on: Type.Boolean() }, { additionalProperties: false }),
        response,
      },
    },
    async (request) => {
      const { id } = request.params
      await inTransaction(db, (tx) =>
        signByDkim(
          tx,
          secrets,
          id,
          {
            on: request.body.on,
            published: (dkim) => isPublished({ name: recordName(dkim), record: recordText(dkim) }),
          },
          byCaller(house, request),
        ),
      )
      return shown(id)
    },
  )
  app.delete(
    '/api/v1/channels/:id/dkim',
    {
      config: { who: 'admin' },
      schema: { summary: 'Forget the key; nothing is signed with it any more', tags, params, response },
    },
    async (request) => {
      const { id } = request.params
      await inTransaction(db, (tx) => forgetDkimKey(tx, secrets, id, byCaller(house, request)))
      return shown(id)
    },
  )
}
