import { sql } from 'kysely'
import type { House } from '#platform/house.ts'
import { buildApp } from '#platform/http/http.ts'
import { addRoutes } from './routes.ts'

export interface Web {
  address: string
  close(): Promise<void>
}

/** The HTTP side of a process: API, console, live. */
export async function openWeb(
  house: House,
  { settle }: { databaseUrl: string; settle(): Promise<void> },
): Promise<Web> {
  const app = await buildApp({ house, identify: async () => null })
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const ok = await sql`select 1`.execute(house.db).then(
      () => true,
      () => false,
    )
    return reply.code(ok ? 200 : 503).send({ ok })
  })
  addRoutes(app, house, { settle })
  app.get('/api/v1/openapi.json', { config: { who: 'anyone' }, schema: { hide: true } }, async () =>
    app.swagger(),
  )
  const address = await app.listen({ host: house.config.host, port: house.config.port })
  if (!house.config.url) house.url = address
  return { address, close: () => app.close() }
}
