// Who is at which conversation, across all processes. Each process keeps its own sockets' whereabouts and tells the
// others what changed; nothing is stored. A browser says `here` every 10 s and is forgotten after 25; a process says
// it is alive likewise, so that the guests of one that was killed leave with it. Times here are the machine's own:
// what is measured is a connection, not the desk's time.
import { randomUUID } from 'node:crypto'
import type { Doing } from './events.contract.ts'

const forgetAfter = 25_000
const aliveEvery = 10_000

export interface Person {
  agent: string
  name: string
  doing: Doing
  /** ISO 8601 */
  since: string
}
/** One socket's place at a conversation. */
interface Place extends Person {
  conversation: string
  process: string
  heard: number
}
type Said =
  | { p: string; say: 'here'; seat: string; c: string; a: string; n: string; d: Doing; s: string }
  | { p: string; say: 'gone'; seat: string }
  | { p: string; say: 'alive' }
  | { p: string; say: 'who' }

export interface PresenceOptions {
  /** says something to the other processes */
  say(text: string): void
  /** somebody came, left or does something else at this conversation */
  onChange(conversation: string): void
  now?(): number
}

export interface Presence {
  here(seat: string, conversation: string, who: { agent: string; name: string }, doing: Doing, at: Date): void
  gone(seat: string): void
  /** Everybody at a conversation: one entry per agent, with the highest of what his tabs do. */
  at(conversation: string): Person[]
  hear(text: string): void
  /** The wire was opened: what was said meanwhile is lost, so everybody says it again. */
  reconnected(): void
  close(): void
}

const grades: Doing[] = ['away', 'viewing', 'editing', 'commenting', 'replying']

export function openPresence({ say, onChange, now = () => performance.now() }: PresenceOptions): Presence {
  const self = randomUUID()
  const places = new Map<string, Place>()
  const processes = new Map<string, number>()
  const tell = (said: Said) => say(JSON.stringify(said))

  function put(seat: string, place: Place) {
    const before = places.get(seat)
    places.set(seat, place)
    if (before?.conversation === place.conversation && before.doing === place.doing) return false
    if (before && before.conversation !== place.conversation) onChange(before.conversation)
    onChange(place.conversation)
    return true
  }
  function drop(seat: string) {
    const place = places.get(seat)
    if (!place) return false
    places.delete(seat)
    onChange(place.conversation)
    return true
  }
  const announce = (seat: string, { conversation, agent, name, doing, since }: Place) =>
    tell({ p: self, say: 'here', seat, c: conversation, a: agent, n: name, d: doing, s: since })
  const own = () => [...places].filter(([, place]) => place.process === self)

  function sweep() {
    for (const [seat, place] of own())
      if (now() - place.heard > forgetAfter && drop(seat)) tell({ p: self, say: 'gone', seat })
    for (const [process, heard] of processes) if (now() - heard > forgetAfter) forgetProcess(process)
    if (own().length > 0) tell({ p: self, say: 'alive' })
  }
  function forgetProcess(process: string) {
    processes.delete(process)
    for (const [seat, place] of places) if (place.process === process) drop(seat)
  }
  const timer = setInterval(sweep, aliveEvery / 2)

  return {
    here(seat, conversation, { agent, name }, doing, at) {
      const before = places.get(seat)
      const same = before?.conversation === conversation && before.doing === doing
      const since = same ? before.since : at.toISOString()
      const place: Place = { conversation, agent, name, doing, since, process: self, heard: now() }
      if (put(seat, place)) announce(seat, place)
    },
    gone(seat) {
      if (drop(seat)) tell({ p: self, say: 'gone', seat })
    },
    at(conversation) {
      const people = new Map<string, Person>()
      for (const { conversation: where, agent, name, doing, since } of places.values()) {
        if (where !== conversation) continue
        const known = people.get(agent)
        const rank = grades.indexOf(doing) - (known ? grades.indexOf(known.doing) : -1)
        if (rank > 0 || (rank === 0 && since < known!.since)) people.set(agent, { agent, name, doing, since })
      }
      return [...people.values()].sort((a, b) => Number(a.agent) - Number(b.agent))
    },
    hear(text) {
      const said = JSON.parse(text) as Said
      if (said.p === self) return
      processes.set(said.p, now())
      if (said.say === 'here')
        put(said.seat, {
          conversation: said.c,
          agent: said.a,
          name: said.n,
          doing: said.d,
          since: said.s,
          process: said.p,
          heard: now(),
        })
      else if (said.say === 'gone') drop(said.seat)
      else if (said.say === 'who') for (const [seat, place] of own()) announce(seat, place)
    },
    reconnected() {
      tell({ p: self, say: 'who' })
      for (const [seat, place] of own()) announce(seat, place)
    },
    close() {
      clearInterval(timer)
      for (const [seat] of own()) tell({ p: self, say: 'gone', seat })
    },
  }
}
