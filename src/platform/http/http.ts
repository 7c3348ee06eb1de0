// The HTTP house: one schema per route serves validation, types, OpenAPI and the client; every route names who may
// call it; every error is a problem document (RFC 9457) in the reader's language.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import { Format, type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import websocket from '@fastify/websocket'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import { mailAddress } from '../../shared/address/address.ts'
import { keepableValue } from '../../shared/text/keepable.ts'
import { isDatabaseAway } from '../db/db.ts'
import { type FieldError, Refusal, type RefusalCode, refuse } from '../errors/refuse.ts'
import type { By } from '../events/events.ts'
import type { House } from '../house.ts'
import { languageOf, text } from '../texts/texts.ts'

/** Who stands behind a request. */
export interface Caller {
  id: string
  name: string
  address: string
  role: 'admin' | 'agent'
  /** what he may do beyond his role; administrators may all of it */
  rights: string[]
  language: string
  /** session: the browser's cookie; key: an API key */
  by: 'session' | 'key'
  sessionId: string | null
}
/**
 * anyone: no sign-in (the route says in a comment why); agent: anybody inside; admin: administrators;
 * channel: the route checks a signature of its own.
 */
export type Who = 'anyone' | 'agent' | 'admin' | 'channel'

declare module 'fastify' {
  interface FastifyContextConfig {
    who?: Who
    /**
     * What more is wrong with a body that is being refused (422), told in the same round: rules that no schema has. Asked
     * only then; of the body's fields nothing is sure.
     */
    alsoWrong?: (body: Record<string, unknown>, request: FastifyRequest) => Promise<FieldError[]>
  }
  interface FastifyRequest {
    caller: Caller | null
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface HttpOptions {
  house: House
  /** finds the caller by cookie or key; null: nobody is signed in */
  identify(request: FastifyRequest): Promise<Caller | null>
  /** Answers a GET that no route knows with a page of the console; null: it is no page. */
  showPage?(request: FastifyRequest, reply: FastifyReply): FastifyReply | null
  /** bytes of a JSON body at the most */
  bodyLimit?: number
}

// Told with whatever else is wrong in the form. What is empty is for the route: it may be allowed, or "required".
Format.Set('mail-address', (value) => value.trim() === '' || mailAddress(value) !== null)

export async function buildApp({
  house,
  identify,
  showPage,
  bodyLimit = 3 * 1024 * 1024,
}: HttpOptions): Promise<App> {
  const app = fastify({
    logger: false,
    bodyLimit,
    // Whose word counts on where a request comes from: the limits on tries count by that address.
    trustProxy: house.config.proxies.length > 0 ? house.config.proxies : false,
    routerOptions: { maxParamLength: 400 },
    frameworkErrors: (error, request, reply) =>
      void answerProblem(error, request as FastifyRequest, reply as FastifyReply, house),
    genReqId: () => Math.random().toString(36).slice(2, 12),
    ajv: { customOptions: { coerceTypes: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  // Schemas describe the answers for OpenAPI and types; the routes build them from the same types.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  takeEmptyBodies(app)
  app.decorateRequest('caller', null)
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && !route.config?.who && route.method !== 'HEAD')
      throw new Error(`${route.method} ${route.url} does not name who may call it`)
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    const who = request.routeOptions.config.who
    if (!who || who === 'channel') return
    request.caller = await identify(request)
    if (who === 'anyone') return
    if (!request.caller) refuse('not_signed_in')
    if (request.caller.by === 'session') refuseForeignOrigin(request, house)
    if (who === 'admin' && request.caller.role !== 'admin') refuse('forbidden')
  })
  app.addHook('preValidation', async (request) => {
    if (holdsZero(request.params)) refuse('not_found')
    if (holdsZero(request.query)) request.query = keepableValue(request.query)
  })
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') await passOver(request.raw)
    return answerProblem(await withTheRest(error, request), request, reply, house)
  })
  app.setNotFoundHandler(
    (request, reply) => showPage?.(request, reply) ?? sendProblem(reply, request, 404, { code: 'not_found' }),
  )
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fileSize: 50 * 1024 * 1024 } })
  await app.register(websocket, {
    // The answer names our protocol only: a key that came as another one is not repeated.
    options: {
      maxPayload: 64 * 1024,
      handleProtocols: (offered: Set<string>) => (offered.has('foyer') ? 'foyer' : false),
    },
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Foyer', version: '1', description: 'Everything the console can do, the API can.' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
  })
  return app
}

/** Many clients name a content type with every request, also where there is nothing to say (DELETE, PUT closure). */
function takeEmptyBodies(app: App) {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === ''
      ? done(null)
      : parse(request, body, (error, parsed) =>
          done(error, !error && unkeepable.test(body) ? keepableValue(parsed) : parsed),
        ),
  )
}

/** Who is still writing when the line is closed hears "broken pipe" instead of the answer. */
async function passOver(body: IncomingMessage): Promise<void> {
  body.resume()
  await finished(body, { signal: AbortSignal.timeout(2000) }).catch(() => {})
}

/** Escapes of what PostgreSQL's text and JSON do not take: U+0000 and halves of characters. No person types them. */
const unkeepable = /\\u(?:0000|d[89a-f])/i
const holdsZero = (strings: unknown) => JSON.stringify(strings ?? null).includes('\\u0000')

/** CSRF: a cookie counts only from our own pages. Browsers send Origin with every request that changes something. */
function refuseForeignOrigin(request: FastifyRequest, house: House) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.origin
  if (!origin) {
    if (request.headers['sec-fetch-site'] === 'same-origin') return
    refuse('wrong_origin')
  }
  if (!isOwnOrigin(request, house)) refuse('wrong_origin')
}

/** Whether the page that makes this request is ours: at the desk's address, or at the one it is being called by. */
export function isOwnOrigin(request: FastifyRequest, house: House): boolean {
  const { origin } = request.headers
  if (origin === house.url) return true
  const host = URL.parse(origin ?? '')?.host
  return host !== undefined && host === request.headers.host
}

/** The caller of a route whose `who` is agent or admin. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error('this route does not demand a caller')
  return request.caller
}
/** 403 for who has no such right. */
export function refuseWithout(right: 'source' | 'sealed', caller: Pick<Caller, 'role' | 'rights'>): void {
  if (caller.role !== 'admin' && !caller.rights.includes(right)) refuse('forbidden')
}
/** The caller as the author of a change made now. */
export const byCaller = (house: House, request: FastifyRequest): By => ({
  at: house.clock.now(),
  actor: { kind: 'agent', id: callerOf(request).id },
})
export const languageFor = (request: FastifyRequest) =>
  request.caller?.language ?? languageOf(request.headers['accept-language'])

interface Problem {
  code: RefusalCode | 'internal'
  params?: Record<string, unknown>
  errors?: FieldError[]
  extra?: Record<string, unknown>
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, status: number, problem: Problem) {
  const language = languageFor(request)
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      type: 'about:blank',
      status,
      code: problem.code,
      title: text(language, `errors:${problem.code}`, problem.params),
      ...(problem.errors?.length
        ? {
            errors: problem.errors.map(({ field, code, params }) => ({
              field,
              code,
              text: text(language, `errors:field.${code}`, params),
            })),
          }
        : {}),
      ...problem.extra,
      requestId: request.id,
    })
}

interface ValidationIssue {
  instancePath?: string
  keyword?: string
  params?: Record<string, unknown>
}

function answerProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply, house: House) {
  if (error instanceof Refusal) {
    if (error.code === 'too_often' && error.params.seconds)
      reply.header('retry-after', String(error.params.seconds))
    return sendProblem(reply, request, error.status, error)
  }
  // An address with something else where an id belongs names nothing.
  if (error.validationContext === 'params' && error.validation?.some(isAboutId))
    return sendProblem(reply, request, 404, { code: 'not_found' })
  if (error.validation)
    return sendProblem(reply, request, 422, { code: 'invalid', errors: schemaErrors(error.validation) })
  if (error.statusCode === 429) return sendProblem(reply, request, 429, { code: 'too_often' })
  if (error.statusCode === 413) return sendProblem(reply, request, 413, { code: 'too_large' })
  if (error.statusCode && error.statusCode < 500)
    return sendProblem(reply, request, 400, { code: 'malformed' })
  if (isDatabaseAway(error))
    return sendProblem(reply.header('retry-after', '2'), request, 503, { code: 'not_ready' })
  house.log.error('request failed', {
    request: request.id,
    method: request.method,
    url: request.routeOptions.url,
    error,
  })
  return sendProblem(reply, request, 500, { code: 'internal' })
}

const schemaErrors = (issues: unknown[]) =>
  (issues as ValidationIssue[]).slice(0, 20).flatMap((issue) => fieldErrors(issue))

/** Every field that is wrong in one round: what the schema or the route named, and what the route knows besides. */
async function withTheRest(error: FastifyError, request: FastifyRequest): Promise<FastifyError> {
  const { alsoWrong } = request.routeOptions.config
  const named =
    error instanceof Refusal && error.code === 'invalid'
      ? error.errors
      : error.validationContext === 'body'
        ? schemaErrors(error.validation ?? [])
        : null
  const { body } = request
  if (!alsoWrong || !named || typeof body !== 'object' || body === null) return error
  const fields = new Set(named.map(({ field }) => field))
  // Where that cannot be asked (the database is away) the first refusal stands by itself.
  const more = await alsoWrong(body as Record<string, unknown>, request).catch(() => [])
  const errors = [...named, ...more.filter(({ field }) => !fields.has(field))]
  return new Refusal('invalid', { errors }) as unknown as FastifyError
}

const isAboutId = ({ instancePath }: ValidationIssue) => instancePath === '/id' || instancePath === '/number'

const fieldCodes: Record<string, string> = {
  required: 'required',
  minLength: 'too_short',
  maxLength: 'too_long',
  minimum: 'too_small',
  maximum: 'too_big',
  maxItems: 'too_many_items',
  minItems: 'required',
  enum: 'not_allowed',
  const: 'not_allowed',
  anyOf: 'not_allowed',
  type: 'wrong_type',
  format: 'wrong_format',
  pattern: 'wrong_format',
  additionalProperties: 'unknown_field',
}
function fieldErrors(issue: ValidationIssue): FieldError[] {
  const base = (issue.instancePath ?? '').split('/').filter(Boolean)
  const named = (issue.params?.requiredProperties ?? issue.params?.additionalProperties) as
    | string[]
    | undefined
  // Too short for one character is empty: say what to do, not how long it is.
  const empty = issue.keyword === 'minLength' && Number(issue.params?.limit) <= 1
  const noAddress = issue.keyword === 'format' && issue.params?.format === 'mail-address'
  const code = empty
    ? 'required'
    : noAddress
      ? 'not_an_address'
      : (fieldCodes[issue.keyword ?? ''] ?? 'invalid')
  return (named ?? [null]).map((name) => ({
    field: [...base, ...(name ? [name] : [])].join('.') || 'body',
    code,
    params: issue.params,
  }))
}
