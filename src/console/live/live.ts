// One WebSocket. The server says what changed, never what it became: the queries that show it are fetched again,
// with the reader's own rights. A reconnect resumes from the last seen place in the stream.
import type { ClientFrame, ServerFrame } from '#features/events/events.contract.ts'

export type Line = 'connecting' | 'on' | 'off'
interface Handlers {
  onFrame: (frame: ServerFrame) => void
  onLine: (line: Line) => void
}
export interface Live {
  say: (frame: ClientFrame) => void
  close: () => void
}

export function connectLive({ onFrame, onLine }: Handlers): Live {
  let seq: number | null = null
  let socket: WebSocket | null = null
  let closed = false
  let failures = 0
  let timer: number | undefined

  function open() {
    if (closed) return
    window.clearTimeout(timer)
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const mine = new WebSocket(`${scheme}://${location.host}/live${seq === null ? '' : `?after=${seq}`}`)
    socket = mine
    mine.onmessage = (message) => {
      const frame = JSON.parse(String(message.data)) as ServerFrame
      if (frame.type === 'ready') {
        failures = 0
        onLine('on')
      }
      if ('seq' in frame) seq = frame.seq
      onFrame(frame)
    }
    mine.onclose = () => {
      if (closed || socket !== mine) return
      failures += 1
      if (failures > 1) onLine('off')
      // Half a second, doubling to ten, with a spread, so that a restart is not met by everybody at once.
      timer = window.setTimeout(open, Math.min(10_000, 250 * 2 ** failures) * (0.75 + Math.random() / 2))
    }
  }
  const onlineAgain = () => {
    if (socket?.readyState !== WebSocket.OPEN) open()
  }
  const away = () => {
    failures += 1
    onLine('off')
  }
  window.addEventListener('online', onlineAgain)
  window.addEventListener('offline', away)
  open()
  return {
    say: (frame) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    close: () => {
      closed = true
      window.clearTimeout(timer)
      window.removeEventListener('online', onlineAgain)
      window.removeEventListener('offline', away)
      socket?.close()
    },
  }
}
