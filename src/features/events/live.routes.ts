// /live: what changed, pushed. Signed in by the session cookie from our own pages, or by an API key in the
// Authorization header or, because browsers cannot set that, as the second WebSocket protocol: `foyer, key.<KEY>`.
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, type Caller, isOwnOrigin } from '#platform/http/http.ts'
import { type LiveSocket, openLiveSocket } from '#platform/live/live-socket.ts'
import type { ClientFrame } from './events.contract.ts'
import type { Hub } from './hub.ts'

const Conversation = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Said = Type.Union([
  Type.Object({
    type: Type.Literal('here'),
    conversation: Conversation,
    doing: Type.Enum(['viewing', 'editing', 'commenting', 'replying', 'away']),
    focus: Type.Boolean(),
  }),
  Type.Object({ type: Type.Literal('gone') }),
  Type.Object({ type: Type.Literal('watch'), conversations: Type.Array(Conversation, { maxItems: 2000 }) }),
])

function read(text: string): ClientFrame | null {
  try {
    const said: unknown = JSON.parse(text)
    return Value.Check(Said, said) ? said : null
  } catch {
    return null
  }
}

/** `?after=`: a place in the stream, else from now on. */
function resumeFrom(query: unknown): number | null {
  const after = Number((query as { after?: string }).after)
  return Number.isSafeInteger(after) && after >= 0 && (query as { after?: string }).after !== ''
    ? after
    : null
}

function takeKeyFromProtocol(request: FastifyRequest) {
  const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(',')
  const key = offered.map((name) => name.trim()).find((name) => name.startsWith('key.'))
  if (key && !request.headers.authorization) request.headers.authorization = `Bearer ${key.slice(4)}`
}

export function addLiveRoute(
  app: App,
  house: House,
  { hub, identify }: { hub: Hub; identify(request: FastifyRequest): Promise<Caller | null> },
): void {
  const admit = async (request: FastifyRequest, _reply: FastifyReply) => {
    takeKeyFromProtocol(request)
    request.caller = await identify(request)
    if (!request.caller) refuse('not_signed_in')
    // Cookies travel from any page: without this, a foreign site could listen in its visitor's name.
    if (request.caller.by === 'session' && request.headers.origin && !isOwnOrigin(request, house))
      refuse('wrong_origin')
  }
  app.get('/live', { websocket: true, onRequest: admit, schema: { hide: true } }, (ws, request) => {
    const caller = request.caller!
    let id: Promise<string | null> = Promise.resolve(null)
    // What one browser says is done in the order it said it.
    let turn: Promise<unknown> = id
    let waiting = 0
    const socket: LiveSocket = openLiveSocket(ws, {
      onText(text) {
        const said = read(text)
        if (!said || waiting > 100) return
        waiting += 1
        turn = turn
          .then(() => id)
          .then((seat) => (seat ? hub.say(seat, said) : undefined))
          .catch((error) => house.log.warn('live', { error }))
          .finally(() => {
            waiting -= 1
          })
      },
      onClose: () => void id.then((seat) => seat && hub.leave(seat)),
    })
    id = hub
      .join(
        socket,
        { caller, shown: request.headers.authorization ?? '', identify: () => identify(request) },
        resumeFrom(request.query),
      )
      .catch((error) => {
        house.log.warn('live', { error })
        socket.close(1011, 'try again')
        return null
      })
  })
}
