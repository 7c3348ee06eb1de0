// A finger on a row: held still it picks the row; drawn to the right it closes, to the left it snoozes until
// tomorrow morning. Both can be undone. The page still scrolls up and down under it.
import { type CSSProperties, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import type { Conversation } from '../../conversations.contract.ts'
import { acts } from './acts.ts'
import styles from './QueueRow.module.css'
import { useRowHands } from './rowContext.ts'
import { tomorrow } from './tomorrow.ts'

const held = 450
const far = 88
const still = 10

export function useTouch(row: Conversation) {
  const { i18n } = useTranslation()
  const hands = useRowHands()
  const start = useRef<{ x: number; y: number; id: number } | null>(null)
  const lastTouch = useRef(false)
  /** The click that ends a long press or a swipe opens nothing. */
  const swallow = useRef(false)
  const timer = useRef<number | undefined>(undefined)
  const [moved, setMoved] = useState(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])

  function end(event: PointerEvent<HTMLElement>) {
    window.clearTimeout(timer.current)
    const begun = start.current
    start.current = null
    setMoved(0)
    if (!begun || event.type === 'pointercancel') return
    const way = direction(event.clientX - begun.x)
    if (!swallow.current || Math.abs(moved) < far) return
    if (way > 0) hands.act(row, acts.close())
    else {
      const { at, words } = tomorrow(i18n.language)
      hands.act(row, acts.snooze(at, words))
    }
  }
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      lastTouch.current = event.pointerType === 'touch'
      swallow.current = false
      if (event.pointerType !== 'touch' || !event.isPrimary) return
      start.current = { x: event.clientX, y: event.clientY, id: event.pointerId }
      timer.current = window.setTimeout(() => {
        start.current = null
        swallow.current = true
        navigator.vibrate?.(10)
        hands.pick(row.number, false)
      }, held)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const begun = start.current
      if (!begun || event.pointerId !== begun.id) return
      const [x, y] = [event.clientX - begun.x, event.clientY - begun.y]
      if (Math.abs(x) > still || Math.abs(y) > still) window.clearTimeout(timer.current)
      if (!swallow.current && (Math.abs(x) < still || Math.abs(x) < Math.abs(y))) return
      if (hands.picking()) return
      if (!swallow.current) event.currentTarget.setPointerCapture(event.pointerId)
      swallow.current = true
      setMoved(x)
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture(event: { preventDefault: () => void; stopPropagation: () => void }) {
      if (!swallow.current) return
      swallow.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
  const style: CSSProperties | undefined = moved
    ? { translate: `${moved}px 0`, transition: 'none' }
    : undefined
  return { handlers, style, behind: <Behind moved={moved} />, touched: () => lastTouch.current }
}

/** The side of the screen one draws to, whichever way the language reads. */
const direction = (x: number) => (document.documentElement.dir === 'rtl' ? -x : x)

function Behind({ moved }: { moved: number }): ReactNode {
  const { t } = useTranslation('queue')
  if (moved === 0) return null
  const closes = direction(moved) > 0
  return (
    <span
      className={styles.behind}
      data-side={closes ? 'start' : 'end'}
      data-far={Math.abs(moved) >= far || undefined}
    >
      <Icon name={closes ? 'check' : 'clock'} />
      {closes ? t('console:closeConversation') : t('swipeSnooze')}
    </span>
  )
}
