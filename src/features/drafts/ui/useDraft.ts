import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { keys } from '#console/api/query.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import {
  attach,
  type Content,
  change,
  detach,
  discard,
  findKept,
  flush,
  type Kind,
  read,
  refresh,
  subscribe,
} from './draftStore.ts'

/** What is being written in this conversation, kept on the server. */
export function useDraft(number: number, kind: Kind) {
  const look = useCallback(() => read(number, kind), [number, kind])
  const { content, saved } = useSyncExternalStore(subscribe, look)
  useEffect(() => findKept(number, kind), [number, kind])
  // Told of on /live: written on another device, taken over by a colleague, looked at.
  const { data } = useQuery({
    queryKey: kind === 'draft' ? keys.draft(number) : keys.commentDraft(number),
    queryFn: () => refresh(number, kind),
    staleTime: 10_000,
  })
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === 'hidden') void flush(number, kind, true)
    }
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      void flush(number, kind, true)
    }
  }, [number, kind])
  const acts = useMemo(
    () => ({
      change: (part: Partial<Content>) => change(number, kind, part),
      attach: (file: Attachment) => attach(number, kind, file),
      detach: (id: string) => detach(number, kind, id),
      discard: () => discard(number, kind),
      /** What stands there now, also between two paints. */
      now: () => read(number, kind).content,
    }),
    [number, kind],
  )
  return { content, saved, onServer: data ?? null, ...acts }
}
export type DraftInHand = ReturnType<typeof useDraft>
