import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { Id } from '../../../shared/wire.ts'
import { forgetApp, keepApp, oauthProviders, showApp } from './apps.ts'
import {
  OauthApp,
  OauthAppInput,
  OauthProvider,
  type OauthProvider as Provider,
  SignInEnd,
  SignInStart,
} from './oauth.contract.ts'
import { beginSignIn, endSignIn } from './sign-in.ts'

const tags = ['Channels']
const params = Type.Object({ provider: OauthProvider })

/** Only administrators register the desk at providers and sign mailboxes in. */
export function addOauthRoutes(app: App, house: House): void {
  const { db } = house
  app.get(
    '/api/v1/oauth-apps',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'How this desk is known at providers of mailboxes',
        tags,
        response: { 200: Type.Object({ items: Type.Array(OauthApp) }) },
      },
    },
    async () => ({
      items: await Promise.all(oauthProviders.map((provider) => showApp(db, provider, house.url))),
    }),
  )
  app.put(
    '/api/v1/oauth-apps/:provider',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Say so; its secret goes in and never comes out',
        tags,
        params,
        body: OauthAppInput,
        response: { 200: OauthApp },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const { provider } = request.params
        await keepApp(tx, house, provider, request.body)
        await append(tx, told(request, provider))
        return showApp(tx, provider, house.url)
      }),
  )
  app.delete(
    '/api/v1/oauth-apps/:provider',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Forget it; mailboxes that sign in by it stop when their token is over',
        tags,
        params,
        response: { 200: OauthApp },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const { provider } = request.params
        await forgetApp(tx, provider)
        await append(tx, told(request, provider))
        return showApp(tx, provider, house.url)
      }),
  )
  app.post(
    '/api/v1/channels/:id/sign-in',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Begin to sign in at the provider of a mailbox',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: SignInStart },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => ({
        url: await beginSignIn(house, tx, request.params.id, byCaller(house, request)),
      })),
  )
  app.post(
    '/api/v1/channels/sign-in',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'End it with what the browser brought back',
        tags,
        body: SignInEnd,
        response: { 200: Type.Object({ channel: Id }) },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => ({
        channel: await endSignIn(house, tx, request.body, byCaller(house, request)),
      })),
  )

  function told(request: Parameters<typeof byCaller>[1], provider: Provider) {
    return { ...byCaller(house, request), kind: 'settings_changed', after: { oauth_app: provider } }
  }
}
