import { useCallback, useEffect, useRef, useState } from 'react'
import { useMe } from '#console/api/me.ts'
import { isEmpty, read } from '#features/drafts/ui/draftStore.ts'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { changes, useChange } from './changes.ts'
import { type Place, saidSince } from './news.ts'
import { keepPlace, placeSeen } from './placeSeen.ts'

const none: readonly Item[] = []

/**
 * What was really seen: the newest item of it goes along with a send, so that the server can tell what the writer has
 * not read. For a reader it is what was on screen. Whoever has begun to write looks at the box: what others say
 * meanwhile is seen once a hand went to the timeline after it had come; until then it is pointed out above the box, and
 * the guard stops the send. Opening also marks the conversation read, while the window is looked at.
 */
export function useSeen(conversation: OpenedConversation) {
  const { number, items } = conversation
  const me = useMe().id
  const [before] = useState(() => placeSeen(number))
  const [atOpening] = useState<Place | null>(() => items.at(-1) ?? null)
  const newest = useRef<Place | null>(null)
  const shown = useRef<Place | null>(null)
  const looking = useRef(false)
  const latestItems = useRef(items)
  latestItems.current = items
  const [news, setNews] = useState(none)

  const unseen = useCallback(() => {
    const from = Math.max(newest.current?.position ?? 0, atOpening?.position ?? 0)
    return saidSince(latestItems.current, from, me)
  }, [atOpening, me])
  const settle = useCallback(() => {
    const next = unseen()
    setNews((old) => (old.map(idOf).join() === next.map(idOf).join() ? old : next))
  }, [unseen])
  const see = useCallback(
    (place: Place | null) => {
      if (!place || (newest.current && newest.current.position >= place.position)) return
      newest.current = place
      keepPlace(number, place.id)
      settle()
    },
    [number, settle],
  )
  const onSeen = useCallback(
    (item: Item, all = false) => {
      if (!shown.current || shown.current.position < item.position) shown.current = item
      const missed = unseen()[0]?.position ?? Number.POSITIVE_INFINITY
      if (all || looking.current || !isWriting(number)) see(shown.current)
      else if (item.position < missed) see(item)
    },
    [number, see, unseen],
  )
  const onHand = useCallback(() => {
    looking.current = true
    see(shown.current)
  }, [see])
  const onTyping = useCallback(() => {
    looking.current = false
  }, [])
  useEffect(() => {
    if (items.length > 0) looking.current = false
    settle()
  }, [items, settle])

  useRead(conversation)
  const last = useCallback(() => (newest.current ?? atOpening)?.id ?? null, [atOpening])
  return { before, onSeen, onHand, onTyping, last, news }
}

const idOf = ({ id }: Place) => id
const isWriting = (number: number) =>
  (['draft', 'comment-draft'] as const).some((kind) => !isEmpty(read(number, kind).content))

/** Read after a moment on screen; a new item makes it unread again, and it is read again. */
function useRead({ number, unread, lastItem }: OpenedConversation) {
  const { mutate } = useChange(number)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more for each new item
  useEffect(() => {
    if (!unread) return
    const read = () => {
      if (document.visibilityState === 'visible') mutate(changes.setUnread(false))
    }
    const timer = window.setTimeout(read, 500)
    document.addEventListener('visibilitychange', read)
    return () => {
      window.clearTimeout(timer)
      document.removeEventListener('visibilitychange', read)
    }
  }, [unread, lastItem, mutate])
}
