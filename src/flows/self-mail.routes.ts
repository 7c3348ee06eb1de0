// What an administrator tries out with real mail: a channel's way round, and the sender of Foyer's own mails.
import Type from 'typebox'
import type { Connection, SideTest } from '#channels/channel.ts'
import { SelfMail, SelfMailReturn, SideTestView } from '#features/connections/connections.contract.ts'
import * as connections from '#features/connections/connections.ts'
import * as outbox from '#features/outbox/outbox.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf, languageFor } from '#platform/http/http.ts'
import { text } from '#platform/texts/texts.ts'
import { Id } from '#shared/wire.ts'
import { systemConnection, systemMessage } from './post-system-mail.ts'
import { resultOf, selfMailBack, sendSelfMail } from './self-mail.ts'
import type { SendingChannels } from './sending/way-out.ts'

const params = Type.Object({ id: Id })
/** ms a question for its return waits; the browser asks again */
const patience = 4000

export function addSelfMailRoutes(
  app: App,
  house: House,
  {
    channels,
    testOut,
  }: { channels: SendingChannels; testOut: (connection: Connection) => Promise<SideTest> },
): void {
  const { db, secrets } = house
  const open = async (id: string) => {
    const [connection] = await connections.openConnections(db, secrets, { id })
    return connection ?? refuse('not_found')
  }
  const inWords = <T extends { hint: string | null }>(side: T, language: string): T => ({
    ...side,
    hint: side.hint && text(language, side.hint),
  })
  app.post(
    '/api/v1/channels/:id/self-mail',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Send a mail by this channel to its own inbox',
        tags: ['Channels'],
        params,
        response: { 200: SelfMail },
      },
    },
    async (request) => {
      const language = languageFor(request)
      const connection = await open(request.params.id)
      return inWords(await sendSelfMail(house, channels, connection, language), language)
    },
  )
  app.get(
    '/api/v1/channels/:id/self-mail',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Whether that mail came back; the answer waits a few seconds for it',
        tags: ['Channels'],
        params,
        querystring: Type.Object({ mail: Type.String({ maxLength: 400 }) }),
        response: { 200: SelfMailReturn },
      },
    },
    async (request) => {
      const { inbox } = await open(request.params.id)
      const at = await selfMailBack(house, inbox, request.query.mail, patience)
      return { at: at?.toISOString() ?? null }
    },
  )
  app.post(
    '/api/v1/system-sender/test',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Send a mail of Foyer’s own to oneself, by the sender as it is kept',
        tags: ['Outbox'],
        response: { 200: Type.Object({ ...SideTestView.properties, to: Type.String() }) },
      },
    },
    async (request) => {
      const language = languageFor(request)
      const { name, address: to } = await db
        .selectFrom('agents')
        .select(['name', 'address'])
        .where('id', '=', callerOf(request).id)
        .executeTakeFirstOrThrow()
      const sender = await outbox.systemSender(db, secrets)
      if (!sender.smtp) refuse('not_found')
      const connection = systemConnection(sender)
      const tested = await testOut(connection)
      if (!tested.ok) return { to, ...inWords(tested, language) }
      const letter = systemMessage(house, {
        at: house.clock.now().toISOString(),
        kind: 'test',
        from: { name: sender.name, address: sender.address },
        to: { name, address: to },
        subject: text(language, 'people:mail.test.subject'),
        text: text(language, 'people:mail.test.body', { name }),
      })
      const signal = AbortSignal.timeout(30_000)
      const [outcome] = await channels('mail').deliver(letter, [to], connection, signal)
      return { to, steps: tested.steps, ...inWords(resultOf(outcome), language) }
    },
  )
}
