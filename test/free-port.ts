import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A loopback port for a server that is named before it listens, or that listens there again later. Not one of those the
 * system hands out by itself (Linux from 32768, others from 49152): another test might be given it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const server = createServer().listen(port, '127.0.0.1')
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
