// Where the links of our mails lead. Opening one asks (programs open links to look at them, RFC 8058, 3.1); only the
// POST stops: the button on that page, or the mail program's own.
import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { text } from '#platform/texts/texts.ts'
import { settingsOf } from '../agents/agents.ts'
import { readStop, type Stop, stopMails } from './stop-mail.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })
const response = { 200: Type.Unsafe<unknown>({ type: 'string', description: 'a page in HTML' }) }
const path = '/api/v1/stop-mails/:token'

export function addStopMailRoutes(app: App, house: House): void {
  const stopOf = (token: string): Stop => readStop(house.secrets, token) ?? refuse('not_found')
  const page = async ({ agent, kind }: Stop, state: 'ask' | 'done') => {
    const { language } = await settingsOf(house.db, agent)
    const say = (key: string) => text(language, `notifications:stopPage.${key}`)
    const what = text(language, `notifications:mail.what.${kind}`)
    const rest =
      state === 'ask'
        ? `<p>${what}</p><form method="post"><button>${say('button')}</button></form>`
        : `<p>${say('doneWords')}</p><p><a href="/settings/notifications">${say('settings')}</a></p>`
    return document(language, say(state), rest)
  }
  void app.register(async (scope: App) => {
    // The forms of mail programs and of our own page; what is in them says nothing new.
    scope.addContentTypeParser('application/x-www-form-urlencoded', (_request, body, done) => {
      body.resume()
      done(null, null)
    })
    // anyone: the token's signature is the permission, and it permits nothing else.
    scope.get(
      path,
      {
        config: { who: 'anyone' },
        schema: {
          summary: 'Ask whether mails about news shall stop',
          tags: ['Notifications'],
          params,
          response,
        },
      },
      async (request, reply) => {
        const stop = stopOf(request.params.token)
        return reply.headers(asPage).send(await page(stop, 'ask'))
      },
    )
    scope.post(
      path,
      {
        config: { who: 'anyone' },
        schema: { summary: 'Stop mails about news (RFC 8058)', tags: ['Notifications'], params, response },
      },
      async (request, reply) => {
        const stop = stopOf(request.params.token)
        await inTransaction(house.db, (tx) => stopMails(tx, stop, house.clock.now()))
        return reply.headers(asPage).send(await page(stop, 'done'))
      },
    )
  })
}

const asPage = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}

const document = (language: string, title: string, rest: string) => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:15vh auto;padding:0 1rem}
h1{font-size:1.25rem}button{font:inherit;min-height:44px;padding:0 1rem;cursor:pointer}</style></head>
<body><main><h1>${title}</h1>${rest}</main></body></html>`
