import { type PointerEvent, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { fullTime, shortTime, spanWords } from '../time.ts'

/** Said when a pointer comes: hundreds of them stand in a list, and few are asked. */
const fullOnHover = {
  onPointerEnter: ({ currentTarget }: PointerEvent<HTMLTimeElement>) => {
    currentTarget.title = fullTime(currentTarget.dateTime, document.documentElement.lang)
  },
}

/** A moment in few letters; the whole of it on hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const now = useMinute()
  const { i18n } = useTranslation()
  return (
    <time dateTime={at} className={className} {...fullOnHover}>
      {shortTime(at, now, i18n.language)}
    </time>
  )
}

/** How long something has lasted: "10 min", "3 h". */
export function Lasting({ since, className }: { since: string; className?: string }) {
  const now = useMinute()
  const { i18n } = useTranslation()
  return (
    <time dateTime={since} className={className} {...fullOnHover}>
      {spanWords(now - Date.parse(since), i18n.language)}
    </time>
  )
}

// One clock for every time on the screen: they change together, twice a minute.
let minute = Date.now()
const listeners = new Set<() => void>()
let timer: number | undefined
function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= window.setInterval(() => {
    minute = Date.now()
    for (const each of listeners) each()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      window.clearInterval(timer)
      timer = undefined
    }
  }
}
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => minute)
}
