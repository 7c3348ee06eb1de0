import { useCallback, useEffect, useRef, useState } from 'react'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { changes, useChange } from './changes.ts'

const kept = (number: number) => `foyer.seen.${number}`

/**
 * What was really on screen: the newest item of it goes along with a send, so that the server can tell what the
 * writer has not read. Opening also marks the conversation read, while the window is looked at.
 */
export function useSeen(conversation: OpenedConversation) {
  const { number } = conversation
  const [before] = useState(() => localStorage.getItem(kept(number)))
  const newest = useRef<Item | null>(null)
  const { mutate } = useChange(number)
  const onSeen = useCallback(
    (item: Item) => {
      if (newest.current && newest.current.position >= item.position) return
      newest.current = item
      localStorage.setItem(kept(number), item.id)
    },
    [number],
  )
  const latest = conversation.lastItem
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new item makes it unread again, and it is read again
  useEffect(() => {
    if (!conversation.unread) return
    const read = () => {
      if (document.visibilityState === 'visible') mutate(changes.setUnread(false))
    }
    const timer = window.setTimeout(read, 500)
    document.addEventListener('visibilitychange', read)
    return () => {
      window.clearTimeout(timer)
      document.removeEventListener('visibilitychange', read)
    }
  }, [conversation.unread, latest, mutate])
  const [atOpening] = useState(() => conversation.items.at(-1)?.id ?? null)
  const last = useCallback(() => newest.current?.id ?? atOpening, [atOpening])
  return { before, onSeen, last }
}
