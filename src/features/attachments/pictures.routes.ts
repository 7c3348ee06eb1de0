import Type from 'typebox'
import { openDns } from '#platform/dns/dns.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { fetchOutside } from '#platform/outside/fetch-outside.ts'
import { pictureType } from './picture-type.ts'

/** bytes of a picture at the most */
const largest = 5 * 1024 * 1024

/**
 * Remote pictures of mails, fetched by the server, so that the sender learns neither who looks nor from where.
 * Whatever goes wrong is 404: an answer that tells more would tell about our network.
 */
export function addPictureRoutes(app: App, house: House, mayReach?: (address: string) => boolean): void {
  const dns = openDns(house.config)
  app.get(
    '/api/v1/pictures',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'A remote picture of a mail, through the desk',
        tags: ['Attachments'],
        querystring: Type.Object({ url: Type.String({ maxLength: 8000 }) }),
        response: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const bytes = await fetchOutside(request.query.url, {
        dns,
        limit: largest,
        timeout: 5000,
        accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif',
        mayReach,
      })
      const type = bytes && pictureType(bytes)
      if (!type) return refuse('not_found')
      return reply
        .headers({
          'content-type': type,
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'private, max-age=86400',
        })
        .send(bytes)
    },
  )
}
