import { useEffect, useMemo, useRef, useState } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { type Gap, gapsOf, joinStretches, type Stretch, stretchOf } from './stretches.ts'

type Asked = { before: string } | { after: string } | { around: string }
type Answer = Pick<OpenedConversation, 'items' | 'olderCursor' | 'newerCursor'>
/** From which side a gap is filled. */
export type Side = 'above' | 'below'

/**
 * Everything of the timeline that is here: the newest page, what stands around an item that was asked for, and what was
 * fetched towards either. The newest page moves on while the conversation grows: what slips out of it is remembered,
 * and what came while nobody was told is a gap like any other.
 * @param target an item named in the URL, fetched with what stands around it
 */
export function useStretches(conversation: OpenedConversation, target: string | null) {
  const { number } = conversation
  const [fetched, setFetched] = useState<readonly Stretch[]>([])
  const [busy, setBusy] = useState<string | null>(null)
  const working = useRef(false)
  // What could not be had: looked for no more by itself.
  const [lost, setLost] = useState<readonly string[]>([])
  const newest = useSlipping(conversation)
  const stretches = useMemo(() => joinStretches(...fetched, ...newest), [fetched, newest])
  const items = useMemo(() => stretches.flatMap((each) => each.items), [stretches])
  const gaps = useMemo(() => gapsOf(stretches), [stretches])

  const bring = async (name: string, asked: Asked, ends: { from?: number; to?: number }, told = true) => {
    if (working.current) return
    working.current = true
    setBusy(name)
    try {
      const answer = await queryClient.fetchQuery({
        queryKey: ['older', ...keys.conversation(number), asked],
        queryFn: ({ signal }) =>
          get<Answer>(`/conversations/${number}/items`, { query: { ...asked }, signal }),
        staleTime: 0,
        gcTime: 0,
      })
      setFetched((old) => joinStretches(...old, stretchOf(answer, ends)))
    } catch (error) {
      setLost((old) => [...old, name])
      if (told) say(reasonOf(error), { tone: 'broken' })
    } finally {
      working.current = false
      setBusy(null)
    }
  }
  const awaited = target !== null && !lost.includes(target) && !items.some((item) => item.id === target)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per target; one on its way goes first
  useEffect(() => {
    if (awaited && busy === null) void bring(target, { around: target }, {}, false)
  }, [awaited, target, busy])

  const first = stretches[0]
  return {
    items,
    gaps,
    awaited,
    /** What is on its way: 'older', the end of a gap, or a target's id. */
    busy,
    more: !awaited && typeof first?.olderCursor === 'string',
    loadOlder: () =>
      first?.olderCursor && void bring('older', { before: first.olderCursor }, { to: first.from - 1 }),
    /** Fetches the next part of a gap; by itself (not asked by a hand) only where that has not failed. */
    fill: (gap: Gap, side: Side, byItself: boolean) => {
      const name = `gap ${gap.to}`
      if (byItself && lost.includes(name)) return
      if (gap.newerCursor && (side === 'above' || !gap.olderCursor))
        void bring(name, { after: gap.newerCursor }, { from: gap.from }, !byItself)
      else if (gap.olderCursor) void bring(name, { before: gap.olderCursor }, { to: gap.to }, !byItself)
    },
    isBusy: (gap: Gap) => busy === `gap ${gap.to}`,
  }
}

function useSlipping(conversation: OpenedConversation): readonly Stretch[] {
  const { items, olderCursor } = conversation
  const seen = useRef<{ items: readonly Item[]; all: readonly Stretch[] }>({ items: [], all: [] })
  return useMemo(() => {
    if (seen.current.items !== items) {
      const all = joinStretches(...seen.current.all, stretchOf({ items, olderCursor, newerCursor: null }))
      seen.current = { items, all }
    }
    return seen.current.all
  }, [items, olderCursor])
}
