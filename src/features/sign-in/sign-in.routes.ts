// The doors: what may be called before anybody is signed in, and the way out.
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { agentByAddress, findMe, isSetUp } from '#features/agents/agents.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { languageOf } from '#platform/texts/texts.ts'
import { mailAddress } from '#shared/address/address.ts'
import { readInvitation, takeInvitation } from './invitations.ts'
import { wrongPassword } from './password-rules.ts'
import { resetPassword } from './passwords.ts'
import { endThisSession, startSession } from './sessions.ts'
import { isFromHere, isSetupCode, setUp, wrongSetUp } from './set-up.ts'
import {
  Invitation,
  InvitationTaken,
  NewPassword,
  ResetRequest,
  SetUp,
  SetupState,
  SignedIn,
  SignIn,
  WhoIsHere,
} from './sign-in.contract.ts'
import { addressBucket, countTry, forgetTries, ipBucket } from './tries.ts'

const token = Type.Object({ token: Type.String({ maxLength: 100 }) })

/** A session for somebody who knows this password; 401 for everybody else, known or not. */
async function letIn(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  person: { address: string; password: string },
) {
  if (!(await startSession(house, request, reply, person))) refuse('wrong_credentials')
  const agent = (await agentByAddress(house.db, person.address)) ?? refuse('wrong_credentials')
  return { me: (await findMe(house.db, agent.id))! }
}

export function addSignInRoutes(app: App, house: House): void {
  addSetupRoutes(app, house)
  addPasswordRoutes(app, house)
  addLinkRoutes(app, house)
}

function addSetupRoutes(app: App, house: House) {
  // anyone: nobody is here yet
  app.get(
    '/api/v1/setup',
    {
      config: { who: 'anyone' },
      schema: { summary: 'Whether the first run is done', tags: ['Sign-in'], response: { 200: SetupState } },
    },
    async (request) => {
      const done = await isSetUp(house.db)
      return { done, codeNeeded: !done && !isFromHere(request) }
    },
  )
  app.post(
    '/api/v1/setup',
    {
      config: { who: 'anyone', alsoWrong: wrongSetUp },
      schema: {
        summary: 'The first run: an administrator and an inbox',
        tags: ['Sign-in'],
        body: SetUp,
        response: { 201: SignedIn },
      },
    },
    async (request, reply) => {
      if (await isSetUp(house.db)) refuse('setup_done')
      const { code, language = languageOf(request.headers['accept-language']), ...given } = request.body
      if (!isFromHere(request)) {
        await countTry(house.db, house.clock.now(), [ipBucket('setup', request.ip)])
        if (!isSetupCode(house, code)) refuseField('code', code ? 'code_wrong' : 'required')
      }
      await setUp(house, { ...given, language })
      const address = mailAddress(given.address)!
      reply.code(201)
      return letIn(house, request, reply, { address, password: given.password })
    },
  )
}

function addPasswordRoutes(app: App, house: House) {
  // anyone: this is where one becomes somebody
  app.post(
    '/api/v1/sign-in',
    {
      config: { who: 'anyone' },
      schema: {
        summary: 'Sign in: sets the cookie',
        tags: ['Sign-in'],
        body: SignIn,
        response: { 200: SignedIn },
      },
    },
    async (request, reply) => {
      const { password } = request.body
      const address = mailAddress(request.body.address) ?? request.body.address.toLowerCase()
      const now = house.clock.now()
      const [byAddress, byIp] = [addressBucket('sign-in', address), ipBucket('sign-in', request.ip)]
      await countTry(house.db, now, [byAddress, byIp])
      const answer = await letIn(house, request, reply, { address, password })
      await forgetTries(house.db, now, byAddress, byIp)
      return answer
    },
  )
  // anyone: a page that opens asks whom it is for; nobody is an answer, not a refusal
  app.get(
    '/api/v1/session',
    {
      config: { who: 'anyone' },
      schema: {
        summary: 'Who is signed in here: you as in /me, or null',
        tags: ['Sign-in'],
        response: { 200: WhoIsHere },
      },
    },
    async (request) => ({ me: request.caller && (await findMe(house.db, request.caller.id)) }),
  )
  app.post(
    '/api/v1/sign-out',
    {
      config: { who: 'agent' },
      schema: { summary: 'Sign out: ends this session', tags: ['Sign-in'], response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await endThisSession(house, request, reply)
      return reply.code(204).send(null)
    },
  )
}

function addLinkRoutes(app: App, house: House) {
  // anyone: he cannot sign in; the answer is the same whether the address is known or not
  app.post(
    '/api/v1/password-resets',
    {
      config: { who: 'anyone' },
      schema: {
        summary: 'Ask for a link to choose a new password',
        tags: ['Sign-in'],
        response: { 202: Type.Object({}) },
        body: ResetRequest,
      },
    },
    async (request, reply) => {
      const { address } = request.body
      await countTry(house.db, house.clock.now(), [ipBucket('reset', request.ip)])
      await addJob(house.db, 'mail_password_reset', { address })
      return reply.code(202).send({})
    },
  )
  // anyone: the mailed token proves who he is
  app.put(
    '/api/v1/password-resets/:token',
    {
      config: { who: 'anyone' },
      schema: {
        summary: 'Choose a new password',
        tags: ['Sign-in'],
        params: token,
        body: NewPassword,
        response: { 200: SignedIn },
      },
    },
    async (request, reply) => {
      const { password } = request.body
      const address = await resetPassword(house, request.params.token, password)
      await forgetTries(house.db, house.clock.now(), addressBucket('sign-in', address))
      return letIn(house, request, reply, { address, password })
    },
  )
  app.get(
    '/api/v1/invitations/:token',
    {
      config: { who: 'anyone' },
      schema: { summary: 'Who is invited', tags: ['Sign-in'], params: token, response: { 200: Invitation } },
    },
    (request) => readInvitation(house, request.params.token),
  )
  app.put(
    '/api/v1/invitations/:token',
    {
      config: { who: 'anyone', alsoWrong: ({ password }) => wrongPassword(password, null) },
      schema: {
        summary: 'Take an invitation',
        tags: ['Sign-in'],
        params: token,
        body: InvitationTaken,
        response: { 200: SignedIn },
      },
    },
    async (request, reply) => {
      const { password, name } = request.body
      const address = await takeInvitation(house, request.params.token, { password, name })
      return letIn(house, request, reply, { address, password })
    },
  )
}
