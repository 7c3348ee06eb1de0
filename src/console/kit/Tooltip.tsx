import { Suspense, useEffect, useState } from 'react'
import { lazily } from './lazily.ts'
import type { Tip } from './popups.ts'

const Bubble = lazily(async () => (await import('./TooltipBubble.tsx')).TooltipBubble)
const wait = 450

/** What makes an element say its words on hover and focus. The element names itself for screen readers. */
export const tip = (text: string, keys?: string) => ({ 'data-tip': text, 'data-tip-keys': keys })

/** One bubble for all tips of the page. */
export function Tips() {
  const [shown, setShown] = useState<Tip | null>(null)
  useEffect(() => {
    let timer: number | undefined
    const over = (event: Event) => {
      const anchor = event.target instanceof Element ? event.target.closest('[data-tip]') : null
      window.clearTimeout(timer)
      if (!anchor) return setShown(null)
      const keyboard = event.type === 'focusin'
      if (keyboard && !anchor.matches(':focus-visible')) return
      const text = anchor.getAttribute('data-tip') ?? ''
      timer = window.setTimeout(
        () => anchor.isConnected && setShown({ anchor, text, keys: anchor.getAttribute('data-tip-keys') }),
        keyboard ? 0 : wait,
      )
    }
    const away = () => {
      window.clearTimeout(timer)
      setShown(null)
    }
    const kinds = ['pointerover', 'focusin'] as const
    const ends = ['pointerdown', 'keydown', 'focusout', 'scroll'] as const
    for (const kind of kinds) document.addEventListener(kind, over)
    for (const end of ends) document.addEventListener(end, away, { capture: end === 'scroll' })
    return () => {
      window.clearTimeout(timer)
      for (const kind of kinds) document.removeEventListener(kind, over)
      for (const end of ends) document.removeEventListener(end, away, { capture: end === 'scroll' })
    }
  }, [])
  return <Suspense>{shown && <Bubble {...shown} />}</Suspense>
}
