// One end of /live, as a browser or a script holds it.
import { once } from 'node:events'
import type { ClientFrame, ServerFrame } from '../src/features/events/events.contract.ts'

export interface LiveBrowser {
  frames: ServerFrame[]
  /** Waits for a frame, past or to come. */
  until<T extends ServerFrame>(is: (frame: ServerFrame) => frame is T): Promise<T>
  until(is: (frame: ServerFrame) => boolean): Promise<ServerFrame>
  say(frame: ClientFrame): void
  /** the close code, once it is closed by the server */
  closed: Promise<number>
  close(): Promise<void>
}

/** @param address http://host:port */
export async function openLive(
  address: string,
  {
    key,
    after,
    headers,
    protocols = key ? ['foyer', `key.${key}`] : ['foyer'],
  }: { key?: string; after?: number; headers?: Record<string, string>; protocols?: string[] },
): Promise<LiveBrowser> {
  const url = `${address.replace(/^http/, 'ws')}/live${after === undefined ? '' : `?after=${after}`}`
  // Node's WebSocket takes headers too, as a script needs; the browser's type does not know.
  const socket = new WebSocket(url, { protocols, headers } as unknown as string[])
  const frames: ServerFrame[] = []
  const looking = new Set<() => void>()
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(String(data)))
    for (const look of looking) look()
  })
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener('close', ({ code }) => resolve(code)),
  )
  await Promise.race([
    once(socket, 'open'),
    once(socket, 'error').then(() => {
      throw new Error(`${url} could not be opened`)
    }),
  ])
  return {
    frames,
    until(is: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => {
          looking.delete(look)
          reject(new Error(`the frame did not come; these did: ${JSON.stringify(frames)}`))
        }, 8000)
        function look() {
          const found = frames.find((frame) => is(frame))
          if (!found) return
          clearTimeout(deadline)
          looking.delete(look)
          resolve(found)
        }
        looking.add(look)
        look()
      })
    },
    say: (frame) => socket.send(JSON.stringify(frame)),
    closed,
    async close() {
      socket.close()
      await closed
    },
  } as LiveBrowser
}
