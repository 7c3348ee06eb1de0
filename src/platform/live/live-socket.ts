import type { WebSocket } from '@fastify/websocket'

/** Bytes that may wait for a slow receiver; above it is cut off and resumes from its last seq. */
const bufferLimit = 1024 * 1024
/** Time between pings, ms; a socket that has not answered the last one is dead. */
const pingEvery = 20_000

/** Close codes of our own (4000–4999 are free for applications). */
export const closeCode = { tooSlow: 4008, signedOut: 4001, goingAway: 1001 } as const

/** A WebSocket that never holds up the others: bounded, pinged, closed when it cannot keep up. */
export interface LiveSocket {
  send(text: string): void
  close(code: number, reason: string): void
}

export function openLiveSocket(
  ws: WebSocket,
  { onText, onClose }: { onText(text: string): void; onClose(): void },
): LiveSocket {
  let answered = true
  const ping = setInterval(() => {
    if (!answered) return ws.terminate()
    answered = false
    ws.ping()
  }, pingEvery)
  ws.on('pong', () => {
    answered = true
  })
  ws.on('message', (data: Buffer, binary: boolean) => {
    if (!binary) onText(data.toString('utf8'))
  })
  ws.on('error', () => ws.terminate())
  ws.once('close', () => {
    clearInterval(ping)
    onClose()
  })
  return {
    send(text) {
      if (ws.readyState !== ws.OPEN) return
      if (ws.bufferedAmount > bufferLimit) {
        ws.close(closeCode.tooSlow, 'too slow')
        // The closing handshake would wait behind what is not being read.
        ws.terminate()
      } else ws.send(text)
    },
    close(code, reason) {
      ws.close(code, reason)
      // Who does not answer the closing handshake is cut off.
      setTimeout(() => ws.terminate(), 2000).unref()
    },
  }
}
