import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/**
 * LISTEN on a connection of its own. When it breaks it is opened again, and `onGap` runs each time it has been
 * opened, because what was said in between is lost: the caller reads from the tables where it stood.
 */
export function listen(
  url: string,
  channels: string[],
  handlers: { onMessage(channel: string, payload: string): void; onGap(): void },
): { close(): Promise<void> } {
  let closed = false
  let client: pg.Client | undefined
  const loop = (async () => {
    for (let pause = 100; !closed; pause = Math.min(pause * 2, 5000)) {
      client = new pg.Client({ connectionString: url, application_name: 'foyer listen', keepAlive: true })
      const broken = new Promise<void>((resolve) => {
        client!.once('error', () => resolve())
        client!.once('end', () => resolve())
      })
      client.on('notification', ({ channel, payload }) => handlers.onMessage(channel, payload ?? ''))
      try {
        await client.connect()
        for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
        pause = 100
        handlers.onGap()
        await broken
      } catch {
        // the database is away: tried again below
      }
      await client.end().catch(() => {})
      if (!closed) await wait(pause)
    }
  })()
  return {
    async close() {
      closed = true
      await client?.end().catch(() => {})
      await loop
    },
  }
}
