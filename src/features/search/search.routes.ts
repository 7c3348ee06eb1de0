import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { SearchPage, SearchQuery } from './search.contract.ts'
import { search } from './search.ts'

export function addSearchRoutes(app: App, { db, clock }: House): void {
  /** What the caller may see and that holds the words, newest first. Any string is a question; none is an error. */
  app.get(
    '/api/v1/search',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Conversations by words, phrases and filters, with snippets',
        tags: ['Search'],
        querystring: SearchQuery,
        response: { 200: SearchPage },
      },
    },
    async (request) => {
      const { limit = 20, ...asked } = request.query
      return search(db, callerOf(request).id, { ...asked, limit }, clock.now())
    },
  )
}
