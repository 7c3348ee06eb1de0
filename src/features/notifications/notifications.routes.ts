import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { Id, OneOf } from '#shared/wire.ts'
import { addDevice, devicesOf, removeDevice, showDevice } from './devices.ts'
import { list } from './list.ts'
import { isOurs, mailTest } from './mail.ts'
import { NewPushDevice, Notifications, Push } from './notifications.contract.ts'
import { type PushOptions, pushTest } from './push.ts'
import { pushKeys } from './push-keys.ts'
import { read } from './read.ts'

const agent = { who: 'agent' } as const
const tags = ['Notifications']

/** What waits for me, and where I am told of it. Which news by which means is in my settings (`PATCH /me`). */
export function addNotificationRoutes(app: App, house: House, options: PushOptions = {}): void {
  app.get(
    '/api/v1/notifications',
    {
      config: agent,
      schema: { summary: 'What waits for me, newest first', tags, response: { 200: Notifications } },
    },
    (request) => list(house.db, callerOf(request).id),
  )
  app.put(
    '/api/v1/notifications/read',
    {
      config: agent,
      schema: {
        summary: 'Mark them read: all, or those about one conversation',
        tags,
        body: Type.Object({ conversation: Type.Optional(Type.Integer({ minimum: 1 })) }),
        response: { 200: Notifications },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = callerOf(request)
        await read(tx, id, house.clock.now(), request.body.conversation)
        return list(tx, id)
      }),
  )
  addDeviceRoutes(app, house)
  addTestRoutes(app, house, options)
}

function addDeviceRoutes(app: App, house: House): void {
  app.get(
    '/api/v1/me/push',
    {
      config: agent,
      schema: { summary: 'The key for push, and my browsers that have it', tags, response: { 200: Push } },
    },
    async (request) => {
      const { id, sessionId } = callerOf(request)
      const { db, secrets, clock } = house
      const { public: key } = await pushKeys(db, secrets, clock.now())
      const devices = await devicesOf(db, secrets, id, clock.now())
      return { key, devices: devices.map((device) => showDevice(device, sessionId)) }
    },
  )
  app.post(
    '/api/v1/me/push',
    {
      config: agent,
      schema: {
        summary: 'Push to this browser while I am signed in with it',
        tags,
        body: NewPushDevice,
        response: { 201: Type.Object({ id: Id }) },
      },
    },
    async (request, reply) => {
      const by = { ...byCaller(house, request), session: callerOf(request).sessionId }
      const id = await inTransaction(house.db, (tx) => addDevice(tx, house.secrets, request.body, by))
      return reply.code(201).send({ id })
    },
  )
  app.delete(
    '/api/v1/me/push/:id',
    {
      config: agent,
      schema: {
        summary: 'Push to that browser no more',
        tags,
        params: Type.Object({ id: Id }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTransaction(house.db, (tx) => removeDevice(tx, request.params.id, byCaller(house, request)))
      return reply.code(204).send(null)
    },
  )
}

function addTestRoutes(app: App, house: House, options: PushOptions): void {
  app.post(
    '/api/v1/me/push/:id/test',
    {
      config: agent,
      schema: {
        summary: 'Push something to it now. gone: the browser wants no more, and is off the list',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ outcome: OneOf('sent', 'gone', 'failed') }) },
      },
    },
    async (request) => ({ outcome: await pushTest(house, callerOf(request), request.params.id, options) }),
  )
  app.post(
    '/api/v1/me/test-mail',
    {
      config: agent,
      schema: {
        summary: 'Mail me something now. kept: it is in the test mailbox, no server is set',
        tags,
        response: { 200: Type.Object({ outcome: OneOf('posted', 'kept') }) },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const me = callerOf(request)
        if (await isOurs(tx, me.address)) refuse('forbidden')
        return { outcome: await mailTest(house, tx, me) }
      }),
  )
}
