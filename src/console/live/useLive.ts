import { useEffect, useSyncExternalStore } from 'react'
import { freshenLists } from '#features/conversations/ui/queue/freshenLists.ts'
import type { ClientFrame, Doing, ServerFrame } from '#features/events/events.contract.ts'
import { queryClient } from '../api/query.ts'
import { sendKept } from '../api/request.ts'
import { takeServed } from '../offline/shelf.ts'
import { freshener } from './freshen.ts'
import { connectLive, type Line, type Live } from './live.ts'

export type Present = Extract<ServerFrame, { type: 'presence' }>['people'][number]

let live: Live | null = null
let line: Line = 'connecting'
let present: ReadonlyMap<number, Present[]> = new Map()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Holds the line while the desk is on screen. Mounted once, by the shell. */
export function useLiveLine(): void {
  useEffect(() => {
    const freshen = freshener(queryClient, freshenLists)
    let first = true
    const connect = () => {
      live = connectLive({
        onLine: (next) => {
          line = next
          if (next !== 'on') present = new Map()
          else void catchUp()
          tell()
        },
        onFrame: (frame) => {
          if (frame.type === 'event') freshen(frame)
          else if (frame.type === 'presence') {
            const next = new Map(present)
            if (frame.people.length > 0) next.set(frame.conversation, frame.people)
            else next.delete(frame.conversation)
            present = next
            tell()
          } else if (frame.type === 'reset') void queryClient.invalidateQueries()
          else if (first) {
            first = false
            freshenOlderThan(Date.now())
          }
          if (frame.type === 'ready') sayHere()
        },
      })
    }
    // What is on screen first is not kept waiting; what changes until the line stands is fetched when it does.
    const stop = whenQuiet(connect)
    return () => {
      stop()
      live?.close()
      live = null
    }
  }, [])
}

/** In the first quiet moment, and soon in any case. */
function whenQuiet(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const asked = requestIdleCallback(run, { timeout: 1000 })
    return () => cancelIdleCallback(asked)
  }
  const timer = setTimeout(run, 300)
  return () => clearTimeout(timer)
}

/** The line is back: what waited goes out first, then what was read from the shelf is read anew. */
async function catchUp() {
  const stale = takeServed()
  await sendKept()
  if (stale || takeServed()) void queryClient.invalidateQueries()
}

/** What was fetched before the line stood may have missed a change. */
function freshenOlderThan(time: number) {
  void queryClient.invalidateQueries({
    predicate: (query) =>
      query.state.dataUpdatedAt < time && query.queryKey[0] !== 'me' && query.queryKey[0] !== 'setup',
  })
}

export const useLine = (): Line => useSyncExternalStore(subscribe, () => line)
/** Fulfilled while the line stands. */
export const lineBack = (): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (line !== 'on') return
      listeners.delete(look)
      resolve()
    }
    listeners.add(look)
    look()
  })
const nobody: Present[] = []
/** Others who have this conversation open; never oneself (the server leaves us out). */
export const usePresent = (conversation: number): Present[] =>
  useSyncExternalStore(subscribe, () => present.get(conversation) ?? nobody)

let here: Extract<ClientFrame, { type: 'here' }> | null = null
const sayHere = () => {
  if (here) live?.say({ ...here, focus: document.hasFocus() })
}

/** Tells the others that this conversation is open here, and what is being done in it. */
export function useHere(conversation: number, doing: Doing): void {
  useEffect(() => {
    here = { type: 'here', conversation, doing, focus: true }
    sayHere()
    const beat = window.setInterval(sayHere, 10_000)
    window.addEventListener('focus', sayHere)
    window.addEventListener('blur', sayHere)
    return () => {
      window.clearInterval(beat)
      window.removeEventListener('focus', sayHere)
      window.removeEventListener('blur', sayHere)
      here = null
    }
  }, [conversation, doing])
  useEffect(() => () => live?.say({ type: 'gone' }), [])
}

/** Asks for presence on the rows that are on screen. */
export function useWatch(conversations: number[]): void {
  const list = conversations.join(',')
  const line = useLine()
  useEffect(() => {
    if (line !== 'on' || list === '') return
    const timer = window.setTimeout(
      () => live?.say({ type: 'watch', conversations: list.split(',').map(Number) }),
      300,
    )
    return () => window.clearTimeout(timer)
  }, [list, line])
}
