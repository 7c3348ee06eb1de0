// The live side of a process: every open browser has a seat; each batch of the stream is looked at once and handed to
// the seats that may see it. A seat that resumes first gets what it missed, then what came meanwhile: no gap between.
import { randomUUID } from 'node:crypto'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { tell, type Wire } from '#platform/db/listen.ts'
import { readStream, type StreamEvent } from '#platform/events/events.ts'
import type { Caller } from '#platform/http/http.ts'
import { closeCode, type LiveSocket } from '#platform/live/live-socket.ts'
import { tailStream } from '#platform/live/tail-stream.ts'
import type { Log } from '#platform/log/log.ts'
import type { ClientFrame, ServerFrame } from './events.contract.ts'
import { openPresence } from './presence.ts'
import { openSeats } from './seats.ts'
import { type Audience, whoKnows, whoSees } from './sight.ts'

/** Events a resuming browser may have missed; more, or a number we never gave, and it is told to start afresh. */
export const replayLimit = 10_000
/** Conversations one browser may watch at once: what fits on a very tall screen. */
const watchLimit = 500
const presenceChannel = 'foyer_presence'
/** How often it is asked whether those who listen are still signed in; ms. */
const checkEvery = 3000

export interface HubOptions {
  db: Db
  wire: Wire
  clock: Clock
  log: Log
  audience: Audience
  /** @returns those of the seats whose session, key or agent is gone */
  findSignedOut(seats: Seated[]): Promise<Seated[]>
}
export interface Seated {
  caller: Caller
  /** what the request that opened the socket showed; those who showed the same stand or fall together */
  shown: string
  /** asks once more who is behind the request that opened the socket */
  identify(): Promise<Caller | null>
}
interface Seat extends Seated {
  id: string
  socket: LiveSocket
  /** frames that came while what was missed is being sent; null: nothing is missing any more */
  held: string[] | null
  here: string | null
  watched: Set<string>
}

export interface Hub {
  /** Takes a browser in; `after` is the last seq it knows. */
  join(socket: LiveSocket, seated: Seated, after: number | null): Promise<string>
  say(seat: string, frame: ClientFrame): Promise<void>
  leave(seat: string): void
  /** open sockets */
  count(): number
  close(): Promise<void>
}

const frame = (value: ServerFrame) => JSON.stringify(value)
const eventFrame = (event: StreamEvent, kind = event.kind) =>
  frame({
    type: 'event',
    seq: event.seq,
    kind,
    ids: { conversation: event.conversation === null ? null : Number(event.conversation), item: event.item },
  })

/** What may change who belongs to which team or inbox; one person's own news do not. */
const mayMove = ({ conversation, kind }: StreamEvent) =>
  conversation === null && !kind.startsWith('notifications_')

export function openHub({ db, wire, clock, log, audience, findSignedOut }: HubOptions): Hub {
  const seats = new Map<string, Seat>()
  const onError = (error: unknown) => log.warn('live', { error })
  const kept = openSeats(db, onError)
  const tellSeats = () => kept.set(new Set([...seats.values()].map(({ caller }) => caller.id)))
  const post = (seat: Seat, text: string) => (seat.held ? seat.held.push(text) : seat.socket.send(text))

  const presence = openPresence({
    say: (text) => void tell(db, presenceChannel, text).catch(onError),
    onChange(conversation) {
      for (const seat of seats.values())
        if (seat.here === conversation || seat.watched.has(conversation)) postPresence(seat, conversation)
    },
  })
  function postPresence(seat: Seat, conversation: string) {
    const people = presence.at(conversation).filter((person) => person.agent !== seat.caller.id)
    post(seat, frame({ type: 'presence', conversation: Number(conversation), people }))
  }
  const stopHearing = wire.on(presenceChannel, presence.hear)
  const stopOpening = wire.onOpen(presence.reconnected)

  /** Takes a conversation from the screen of somebody who may no longer see it. */
  function hide(seat: Seat, conversation: string) {
    seat.watched.delete(conversation)
    if (seat.here !== conversation) return
    seat.here = null
    presence.gone(seat.id)
  }
  const onScreen = (seat: Seat, conversation: string) =>
    seat.here === conversation || seat.watched.has(conversation)

  async function prepare(events: StreamEvent[]) {
    if (seats.size === 0) return () => {}
    const sees = await whoKnows(db, audience, events)
    // Who belongs to which team or inbox may have changed: what is on a screen is asked again.
    if (events.some(mayMove)) void recheck().catch(onError)
    return () => {
      for (const event of events) {
        const text = eventFrame(event)
        for (const seat of seats.values()) {
          if (sees(event, seat.caller.id)) post(seat, text)
          else if (event.conversation && onScreen(seat, event.conversation)) {
            // He saw it until now: one last frame, so that his row goes away.
            post(seat, eventFrame(event, 'conversation_hidden'))
            hide(seat, event.conversation)
          }
        }
      }
    }
  }
  async function recheck() {
    const all = [...seats.values()].flatMap((seat) => [...seat.watched, ...(seat.here ? [seat.here] : [])])
    if (all.length === 0) return
    const sees = await whoSees(db, audience, all)
    for (const seat of seats.values())
      for (const conversation of [...seat.watched, ...(seat.here ? [seat.here] : [])])
        if (!sees(conversation, seat.caller.id)) hide(seat, conversation)
  }
  const tail = tailStream(db, wire, { prepare, wanted: () => seats.size > 0, onError })

  /** Sends what happened after `from`, up to and with `to`. */
  async function replay(seat: Seat, from: number, to: number) {
    while (from < to && seats.has(seat.id)) {
      const events = (await readStream(db, from)).filter((event) => event.seq <= to)
      if (events.length === 0) return
      const sees = await whoKnows(db, audience, events)
      for (const event of events) if (sees(event, seat.caller.id)) seat.socket.send(eventFrame(event))
      from = events.at(-1)!.seq
    }
  }

  async function endSignedOut() {
    if (seats.size === 0) return
    const gone = new Set(await findSignedOut([...seats.values()]))
    for (const seat of seats.values())
      if (gone.has(seat)) seat.socket.close(closeCode.signedOut, 'signed out')
  }
  let checking = false
  const check = setInterval(async () => {
    if (checking) return
    checking = true
    await endSignedOut().catch(onError)
    checking = false
  }, checkEvery)

  function leave(id: string) {
    presence.gone(id)
    seats.delete(id)
    tellSeats()
  }

  return {
    async join(socket, seated, after) {
      await tail.started
      const seat: Seat = { ...seated, id: randomUUID(), socket, held: [], here: null, watched: new Set() }
      // Taken in and read off in one tick: everything later than `position` comes through the batches.
      seats.set(seat.id, seat)
      tellSeats()
      const position = tail.position()
      if (after !== null && (after > position || position - after > replayLimit))
        socket.send(frame({ type: 'reset' }))
      else if (after !== null) await replay(seat, after, position)
      socket.send(frame({ type: 'ready', seq: position }))
      const held = seat.held ?? []
      seat.held = null
      for (const text of held) socket.send(text)
      return seat.id
    },
    async say(id, said) {
      const seat = seats.get(id)
      if (!seat) return
      if (said.type === 'gone') {
        seat.here = null
        return presence.gone(id)
      }
      const asked = said.type === 'here' ? [said.conversation] : said.conversations.slice(0, watchLimit)
      const sees = await whoSees(db, audience, asked.map(String))
      const seen = asked.map(String).filter((conversation) => sees(conversation, seat.caller.id))
      if (!seats.has(id)) return
      if (said.type === 'watch') {
        const fresh = seen.filter((conversation) => !onScreen(seat, conversation))
        seat.watched = new Set(seen)
        for (const conversation of fresh)
          if (presence.at(conversation).length > 0) postPresence(seat, conversation)
        return
      }
      const [conversation] = seen
      seat.here = conversation ?? null
      if (!conversation) return presence.gone(id)
      const doing = said.focus || said.doing !== 'viewing' ? said.doing : 'away'
      const { id: agent, name } = seat.caller
      presence.here(id, conversation, { agent, name }, doing, clock.now())
    },
    leave,
    count: () => seats.size,
    async close() {
      clearInterval(check)
      stopHearing()
      stopOpening()
      presence.close()
      for (const seat of seats.values()) seat.socket.close(closeCode.goingAway, 'restarting')
      seats.clear()
      await kept.close()
      await tail.close()
    },
  }
}
