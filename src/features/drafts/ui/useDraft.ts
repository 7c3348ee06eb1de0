import { useEffect, useSyncExternalStore } from 'react'
import { type Content, change, discard, flush, type Kind, open, read, subscribe } from './draftStore.ts'

/** What is being written in this conversation, kept on the server. */
export function useDraft(number: number, kind: Kind) {
  const { content, saved } = useSyncExternalStore(subscribe, () => read(number, kind))
  useEffect(() => {
    void open(number, kind)
    const leave = () => {
      if (document.visibilityState === 'hidden') void flush(number, kind, true)
    }
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      void flush(number, kind, true)
    }
  }, [number, kind])
  return {
    content,
    saved,
    change: (part: Partial<Content>) => change(number, kind, part),
    discard: () => discard(number, kind),
  }
}
