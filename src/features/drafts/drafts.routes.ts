import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id, Nullable, PageQuery } from '../../shared/wire.ts'
import { find } from '../conversations/conversations.ts'
import { discard } from './discard.ts'
import { Draft, DraftInput, DraftPage } from './drafts.contract.ts'
import type { DraftKind } from './kind.ts'
import { look } from './look.ts'
import { save } from './save.ts'
import { listDrafts, showDraft } from './show.ts'
import { answerAsked, askFor, latestWriter, takeOver } from './take-over.ts'

const params = Type.Object({ number: Type.String({ pattern: '^[0-9]{1,18}$' }) })
const tags = ['Drafts']

/** What is being written, kept by the server: it survives a crash, another device, signing out. */
export function addDraftRoutes(app: App, house: House): void {
  addKind(app, house, 'draft', 'reply')
  addKind(app, house, 'comment-draft', 'comment')
  addReading(app, house)
  addTakeover(app, house)
  addAsking(app, house)
}

function addKind(app: App, house: House, path: string, kind: DraftKind): void {
  const { db, clock } = house
  const url = `/api/v1/conversations/:number/${path}`
  const what = kind === 'reply' ? 'reply' : 'comment (private)'
  const placeOf = async (tx: House['db'], request: FastifyRequest) => {
    const { id: agent } = callerOf(request)
    return { agent, conversation: await find(tx, agent, (request.params as { number: string }).number) }
  }

  app.put(
    url,
    {
      config: { who: 'agent' },
      schema: {
        summary: `Save your draft of a ${what}`,
        tags,
        params,
        body: DraftInput,
        response: { 200: Draft },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const { agent, conversation } = await placeOf(tx, request)
        // Nobody would find it there any more: the writer is told where it goes on, and keeps his words.
        await refuseMerged(tx, conversation)
        await save(tx, conversation, agent, kind, request.body, clock.now())
        return (await showDraft(tx, conversation, agent, kind))!
      }),
  )

  app.delete(
    url,
    {
      config: { who: 'agent' },
      schema: { summary: `Discard your draft of a ${what}`, tags, params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await inTransaction(db, async (tx) => {
        const { agent, conversation } = await placeOf(tx, request)
        await discard(tx, conversation, agent, kind, clock.now())
      })
      return reply.code(204).send(null)
    },
  )
}

/** Merging waits until the draft is saved, or comes first and is seen. */
async function refuseMerged(tx: House['db'], conversation: string): Promise<void> {
  const row = await tx
    .selectFrom('conversations')
    .select('merged_into')
    .where('id', '=', conversation)
    .forShare()
    .executeTakeFirst()
  if (row?.merged_into) refuse('conversation_merged', { params: { number: row.merged_into } })
}

function addReading(app: App, house: House): void {
  const { db, clock } = house
  app.get(
    '/api/v1/conversations/:number/draft',
    {
      config: { who: 'agent' },
      schema: {
        summary:
          "Your draft of a reply, or null; with ?agent= a colleague's, read-only, who is told that you look",
        tags,
        params,
        querystring: Type.Object({ agent: Type.Optional(Id) }),
        response: { 200: Nullable(Draft) },
      },
    },
    async (request, reply) => {
      const { id: me } = callerOf(request)
      const { agent = me } = request.query
      const conversation = await find(db, me, request.params.number)
      const draft = await showDraft(db, conversation, agent, 'reply')
      if (agent === me) return sendNullable(reply, draft)
      if (!draft) return refuse('not_found')
      await inTransaction(db, (tx) => look(tx, conversation, agent, me, clock.now()))
      return draft
    },
  )

  app.get(
    '/api/v1/conversations/:number/comment-draft',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Your draft of a comment, or null; nobody else reads it',
        tags,
        params,
        response: { 200: Nullable(Draft) },
      },
    },
    async (request, reply) => {
      const { id: me } = callerOf(request)
      const conversation = await find(db, me, request.params.number)
      return sendNullable(reply, await showDraft(db, conversation, me, 'comment'))
    },
  )

  app.get(
    '/api/v1/drafts',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Everything you have begun and not sent, the newest first',
        tags,
        querystring: Type.Object(PageQuery),
        response: { 200: DraftPage },
      },
    },
    async (request) => listDrafts(db, callerOf(request).id, request.query.limit ?? 50, request.query.cursor),
  )
}

/** No draft is the ordinary case and no error; Fastify would make nothing of a bare null. */
function sendNullable(reply: FastifyReply, draft: Draft | null) {
  return reply
    .type('application/json')
    .serializer(JSON.stringify)
    .send(draft ?? null)
}

function addTakeover(app: App, house: House): void {
  app.post(
    '/api/v1/conversations/:number/draft/takeover',
    {
      config: { who: 'agent' },
      schema: {
        summary: "Make a colleague's draft yours; 409 being_written until 20 s after the last save",
        description: 'Without `agent` it is the draft that was saved last.',
        tags,
        params,
        body: Nullable(Type.Object({ agent: Type.Optional(Id) })),
        response: { 200: Draft },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 200, async (tx) => {
        const { id: me } = callerOf(request)
        const conversation = await find(tx, me, request.params.number)
        const agent = request.body?.agent ?? (await latestWriter(tx, conversation, me))
        await takeOver(tx, conversation, agent, me, house.clock.now())
        return (await showDraft(tx, conversation, me, 'reply'))!
      }),
  )
}

function addAsking(app: App, house: House): void {
  const { db, clock } = house
  app.put(
    '/api/v1/conversations/:number/draft/asked',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Ask a colleague who is typing for the pen of his draft; he sees who asks',
        tags,
        params,
        body: Type.Object({ agent: Id }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTransaction(db, async (tx) => {
        const { id: me } = callerOf(request)
        const conversation = await find(tx, me, request.params.number)
        await askFor(tx, conversation, request.body.agent, me, clock.now())
      })
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/api/v1/conversations/:number/draft/asked',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Answer who asks for the pen of your draft: `?give=true` gives it, else you go on writing',
        tags,
        params,
        querystring: Type.Object({ give: Type.Optional(Type.Boolean()) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTransaction(db, async (tx) => {
        const { id: me } = callerOf(request)
        const conversation = await find(tx, me, request.params.number)
        await answerAsked(tx, conversation, me, { give: request.query.give ?? false }, clock.now())
      })
      return reply.code(204).send(null)
    },
  )
}
