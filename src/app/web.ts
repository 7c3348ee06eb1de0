import { isSetUp } from '#features/agents/agents.ts'
import { audienceOf } from '#features/conversations/conversations.ts'
import { addEventRoutes, addLiveRoute, findSignedOut, openHub } from '#features/events/events.ts'
import { identify as identifyCaller } from '#features/sign-in/sign-in.ts'
import type { Receiver } from '#flows/receive/receiver.ts'
import type { SharedTestClock } from '#platform/clock/shared-test-clock.ts'
import type { Wire } from '#platform/db/listen.ts'
import type { House } from '#platform/house.ts'
import { buildApp, type HttpOptions } from '#platform/http/http.ts'
import { serveConsole, showPage } from './console.ts'
import type { Simulator } from './demo/simulate.ts'
import { addMetrics } from './metrics.ts'
import { noteAddress } from './offline.ts'
import { addRoutes } from './routes.ts'
import { type Settling, settle } from './settle.ts'
import { addTestClockRoutes } from './test-clock.routes.ts'
import type { WaysOut } from './ways-out.ts'

export interface WebOptions {
  databaseUrl: string
  wire: Wire
  testClock: SharedTestClock | null
  settling: Settling
  receiver: Receiver
  out: WaysOut
  /** fulfilled when dist/console is as new as its sources */
  consoleReady: Promise<unknown>
  simulator(): Simulator | null
}

export interface Web {
  address: string
  /** open browsers of this process */
  watched(): number
  close(): Promise<void>
}

/** The HTTP side of a process: API, console, live. */
export async function openWeb(
  house: House,
  { wire, testClock, settling, receiver, out, consoleReady, simulator }: WebOptions,
): Promise<Web> {
  const identify: HttpOptions['identify'] = (request) => identifyCaller(house, request)
  await consoleReady
  const app = await buildApp({ house, identify, showPage })
  await serveConsole(app)
  const { db, clock, log } = house
  const hub = openHub({
    db,
    wire,
    clock,
    log,
    audience: audienceOf,
    findSignedOut: (seats) => findSignedOut(db, seats),
  })
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const answer = await isSetUp(db).then(
      (setup) => ({ ok: true, setup }),
      () => ({ ok: false }),
    )
    return reply.code(answer.ok ? 200 : 503).send(answer)
  })
  addMetrics(app, { db, sockets: hub.count, identify })
  addLiveRoute(app, house, { hub, identify })
  addEventRoutes(app, house, { audience: audienceOf })
  if (testClock) addTestClockRoutes(app, testClock, settling)
  addRoutes(app, house, {
    receiver,
    out,
    simulator,
    async settle() {
      await settle(settling)
    },
  })
  app.get('/api/v1/openapi.json', { config: { who: 'anyone' }, schema: { hide: true } }, async () =>
    app.swagger(),
  )
  const close = async () => {
    await hub.close()
    await app.close()
  }
  const { host, port } = house.config
  const address = await app.listen({ host, port }).catch(async (error) => {
    await close()
    throw error
  })
  if (!house.config.url) house.url = address
  await noteAddress(house.db, house.url)
  return { address, watched: hub.count, close }
}
