import Type from 'typebox'
import type {
  Channel as ChannelKind,
  Connection,
  FoundServers as Found,
  SideTest,
} from '#channels/channel.ts'
import { inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, languageFor } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { text } from '#platform/texts/texts.ts'
import { mailAddress } from '#shared/address/address.ts'
import { Id, PageQuery } from '#shared/wire.ts'
import {
  Channel,
  ChannelChange,
  ChannelPage,
  ChannelTest,
  type DomainCheck as Checked,
  type DkimKey,
  DomainCheck,
  FoundServers,
  NewChannel,
} from './connections.contract.ts'
import {
  addChannel,
  changeChannel,
  findChannel,
  openConnections,
  pageOfChannels,
  passwordsOf,
  removeChannel,
  settingsOf,
} from './connections.ts'

const params = Type.Object({ id: Id })
/** The secret of a custom channel is answered once, when it is made. */
const Created = Type.Object({ ...Channel.properties, secret: Type.Optional(Type.String()) })

/** Only administrators see and change how the house is connected; passwords go in and never come out. */
export function addConnectionRoutes(
  app: App,
  house: House,
  {
    test,
    findServers,
    checkDomain,
  }: {
    test: ChannelKind['test']
    findServers: (address: string) => Promise<Found>
    checkDomain: (address: string, server: string | null, own: DkimKey | null) => Promise<Checked>
  },
): void {
  const { db, secrets, clock } = house
  app.get(
    '/api/v1/channels',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Channels and how they do',
        tags: ['Channels'],
        querystring: Type.Object(PageQuery),
        response: { 200: ChannelPage },
      },
    },
    async (request) => {
      const { items, ...rest } = await pageOfChannels(db, secrets, clock.now(), request.query)
      return { ...rest, items: items.map((item) => readable(item, languageFor(request))) }
    },
  )
  app.get(
    '/api/v1/channels/:id',
    {
      config: { who: 'admin' },
      schema: { summary: 'One channel', tags: ['Channels'], params, response: { 200: Channel } },
    },
    async (request) => {
      const channel = await findChannel(db, secrets, clock.now(), request.params.id)
      return readable(channel ?? refuse('not_found'), languageFor(request))
    },
  )
  app.post(
    '/api/v1/channels',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Connect a channel; a custom one is answered once with its secret',
        tags: ['Channels'],
        body: NewChannel,
        response: { 201: Created },
      },
    },
    (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const { id, secret } = await addChannel(tx, byCaller(house, request), secrets, request.body)
        const channel = (await findChannel(tx, secrets, clock.now(), id))!
        return { ...readable(channel, languageFor(request)), ...(secret ? { secret } : {}) }
      }),
  )
  app.patch(
    '/api/v1/channels/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Change a channel',
        tags: ['Channels'],
        params,
        body: ChannelChange,
        response: { 200: Channel },
      },
    },
    (request) =>
      inTransaction(db, async (tx) => {
        await changeChannel(tx, byCaller(house, request), secrets, request.params.id, request.body)
        const channel = (await findChannel(tx, secrets, clock.now(), request.params.id))!
        return readable(channel, languageFor(request))
      }),
  )
  app.delete(
    '/api/v1/channels/:id',
    {
      config: { who: 'admin' },
      schema: { summary: 'Disconnect a channel', tags: ['Channels'], response: { 204: Type.Null() }, params },
    },
    async (request, reply) => {
      await inTransaction(db, (tx) => removeChannel(tx, byCaller(house, request), request.params.id))
      return reply.code(204).send(null)
    },
  )
  // Tries both ways with the settings as they are kept.
  app.post(
    '/api/v1/channels/:id/test',
    {
      config: { who: 'admin' },
      schema: {
        summary: "Try both ways of a channel, with the server's words",
        tags: ['Channels'],
        params,
        response: { 200: ChannelTest },
      },
    },
    async (request) => {
      const [connection] = await openConnections(db, secrets, { id: request.params.id, off: true })
      return inWords(await test(connection ?? refuse('not_found')), languageFor(request))
    },
  )
  app.get(
    '/api/v1/channels/:id/domain',
    {
      config: { who: 'admin' },
      schema: {
        summary:
          'What the domain of its inbox publishes of its mail (MX, SPF, DKIM, DMARC), and what it should',
        tags: ['Channels'],
        params,
        response: { 200: DomainCheck },
      },
    },
    async (request) => {
      const channel = (await findChannel(db, secrets, clock.now(), request.params.id)) ?? refuse('not_found')
      const inbox = await db
        .selectFrom('inboxes')
        .select('address')
        .where('id', '=', channel.inbox.id)
        .executeTakeFirstOrThrow()
      return checkDomain(inbox.address, channel.smtp?.host ?? null, channel.dkim)
    },
  )
  app.post(
    '/api/v1/channels/servers',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Find the mail servers of an address; no name and no password is sent anywhere',
        tags: ['Channels'],
        body: Type.Object({ address: Type.String({ maxLength: 320 }) }),
        response: { 200: FoundServers },
      },
    },
    async ({ body }) => findServers(mailAddress(body.address) ?? refuseField('address', 'not_an_address')),
  )
  // Tries settings before they are kept.
  app.post(
    '/api/v1/channels/test',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Try settings before they are saved',
        tags: ['Channels'],
        body: NewChannel,
        response: { 200: ChannelTest },
      },
    },
    async (request) => inWords(await test(triedOut(request.body)), languageFor(request)),
  )
}

const triedOut = (input: NewChannel): Connection => ({
  id: '0',
  kind: input.kind,
  inbox: input.inbox,
  settings: settingsOf(input),
  secrets: passwordsOf(input),
})

/** Hints are text keys; here they become words. */
function inWords(tests: { in: SideTest; out: SideTest }, language: string): { in: SideTest; out: SideTest } {
  const say = (side: SideTest) => ({ ...side, hint: side.hint && text(language, side.hint) })
  return { in: say(tests.in), out: say(tests.out) }
}

/** The last trouble's hint is a text key too. */
function readable(channel: Channel, language: string): Channel {
  const { lastErrorHint, ...rest } = channel.health
  return { ...channel, health: { ...rest, lastErrorHint: lastErrorHint && text(language, lastErrorHint) } }
}
