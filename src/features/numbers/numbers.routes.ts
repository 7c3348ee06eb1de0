import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { House } from '#platform/house.ts'
import { type App, callerOf, languageFor } from '#platform/http/http.ts'
import { text } from '#platform/texts/texts.ts'
import { allBehind, behind } from './behind.ts'
import { count } from './count.ts'
import { type Cell, csv } from './csv.ts'
import { BehindAllQuery, BehindPage, BehindQuery, Numbers, NumbersQuery } from './numbers.contract.ts'

const tags = ['Numbers']
const response = {
  200: { description: 'UTF-8 with a byte order mark', content: { 'text/csv': { schema: Type.String() } } },
}

/** What happens on the desk, as far as the caller may see it. */
export function addNumbersRoutes(app: App, { db, clock }: House): void {
  const counted = (request: FastifyRequest, asked: NumbersQuery) =>
    count(db, callerOf(request).id, asked, clock.now())
  app.get(
    '/api/v1/numbers',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'New, answered, waiting, first-answer times, by hour and by agent',
        tags,
        querystring: NumbersQuery,
        response: { 200: Numbers },
      },
    },
    (request) => counted(request, request.query),
  )
  app.get(
    '/api/v1/numbers/conversations',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The conversations behind a number; whoever waited longest, or the latest, first',
        tags,
        querystring: BehindQuery,
        response: { 200: BehindPage },
      },
    },
    (request) => behind(db, callerOf(request).id, request.query, clock.now()),
  )
  app.get(
    '/api/v1/numbers/conversations.csv',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The same as a table, up to 50,000 rows',
        tags,
        querystring: BehindAllQuery,
        response,
      },
    },
    async (request, reply) => {
      const rows = await allBehind(db, callerOf(request).id, request.query, clock.now())
      return sendTable(
        request,
        reply,
        'conversations',
        ['number', 'subject', 'customer', 'inbox', 'agent', 'at', 'seconds'],
        rows.map((row) => [
          ...[row.number, row.subject, row.customer, row.inbox, row.agent],
          ...[row.at.toISOString(), row.seconds],
        ]),
      )
    },
  )
  const table = (name: string, summary: string, head: string[], rows: (numbers: Numbers) => Cell[][]) =>
    app.get(
      `/api/v1/numbers/${name}.csv`,
      { config: { who: 'agent' }, schema: { summary, tags, querystring: NumbersQuery, response } },
      async (request, reply) =>
        sendTable(request, reply, name, head, rows(await counted(request, request.query))),
    )
  table(
    'summary',
    'Today and the last four weeks as a table',
    ['period', 'from', 'new', 'answered', 'firstAnswers', 'median', 'ninetieth', 'waiting', 'oldest'],
    ({ today, weeks, waiting, oldest }) =>
      [today, weeks].map((part, i) => [
        ...[i === 0 ? 'today' : 'weeks', part.from, part.new, part.answered, part.firstAnswers],
        ...[part.median, part.ninetieth, waiting, oldest?.since ?? null],
      ]),
  )
  table(
    'hours',
    'When new conversations began, by weekday (1 is Monday) and hour, as a table',
    ['weekday', 'hour', 'new'],
    ({ hours }) => hours.map((cell) => [cell.weekday, cell.hour, cell.new]),
  )
  table(
    'agents',
    'What each agent answered and closed as a table',
    ['agent', 'answered', 'closed', 'reopened'],
    ({ agents }) => agents.map((row) => [row.agent.name, row.answered, row.closed, row.reopened]),
  )
}

/** With its head in the reader's language. */
function sendTable(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  head: string[],
  rows: Cell[][],
): FastifyReply {
  const words = head.map((column) => text(languageFor(request), `numbers:csv.${column}`))
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="foyer-${name}.csv"`)
    .serializer((body: string) => body)
    .send(csv(words, rows))
}
