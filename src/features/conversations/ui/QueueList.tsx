import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { useCommands } from '#console/commands/useCommands.ts'
import { Button } from '#console/kit/Button.tsx'
import { useWatch } from '#console/live/useLive.ts'
import type { Conversation } from '../conversations.contract.ts'
import { backToQueue, nextRow, openRow, previousRow } from './commands.ts'
import { useNeighbours } from './neighbours.ts'
import styles from './QueueList.module.css'
import { QueueRow } from './QueueRow.tsx'

/** Only the rows on screen exist. Rows that come in above the reader push the scroll, not the eye. */
export function QueueList({
  rows,
  news,
  onShowNews,
  onHand,
  dense,
  open,
  view,
  onEnd,
}: {
  rows: readonly Conversation[]
  news: number
  onShowNews: () => void
  onHand: () => void
  dense: boolean
  open: number | null
  view: string
  onEnd: () => void
}) {
  const { t } = useTranslation('console')
  const me = useMe()
  const box = useRef<HTMLElement>(null)
  const height = dense ? 40 : 64
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => rows[index]?.number ?? index,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height of rows changes
  useEffect(() => virtual.measure(), [height])
  useAnchor(box, rows, height)
  const cursor = useCursor(rows, open, view, (index) => virtual.scrollToIndex(index))
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 12) onEnd()
  }, [last, rows.length, onEnd])
  useWatch(shown.flatMap(({ index }) => rows[index]?.number ?? []))
  return (
    <>
      {news > 0 && (
        <div className={styles.news}>
          <Button size="small" look="main" onClick={onShowNews}>
            {t('newRows', { count: news })}
          </Button>
        </div>
      )}
      <section
        className={styles.box}
        ref={box}
        onPointerMove={onHand}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('queue')}
      >
        <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const row = rows[index]
            return (
              row && (
                <li
                  key={key}
                  className={styles.place}
                  style={{ height, transform: `translateY(${start}px)` }}
                >
                  <QueueRow
                    row={row}
                    view={view}
                    dense={dense}
                    open={row.number === open}
                    under={row.number === cursor}
                    me={me.id}
                  />
                </li>
              )
            )
          })}
        </ul>
      </section>
    </>
  )
}

/** Keeps the first row on screen where it is when rows come or go above it. */
function useAnchor(box: React.RefObject<HTMLElement | null>, rows: readonly Conversation[], height: number) {
  const anchor = useRef<{ number: number; offset: number } | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const before = anchor.current
    if (before && element.scrollTop > height / 2) {
      const index = rows.findIndex((row) => row.number === before.number)
      if (index >= 0) element.scrollTop = index * height + before.offset
    }
    const remember = () => {
      const index = Math.floor(element.scrollTop / height)
      const row = rows[index]
      anchor.current = row ? { number: row.number, offset: element.scrollTop - index * height } : null
    }
    remember()
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [box, rows, height])
}

/** j and k: from conversation to conversation when one is open, else a mark that Enter opens. */
function useCursor(
  rows: readonly Conversation[],
  open: number | null,
  view: string,
  reveal: (index: number) => void,
): number | null {
  const neighbours = useNeighbours()
  const navigate = useNavigate()
  const [mark, setMark] = useState<number | null>(null)
  const move = (delta: number) => () => {
    if (open !== null) return void neighbours?.go(delta)
    const at = rows.findIndex((row) => row.number === mark)
    const next = Math.max(0, Math.min(rows.length - 1, at + delta))
    setMark(rows[next]?.number ?? null)
    reveal(next)
  }
  useCommands([
    { command: nextRow, run: move(1) },
    { command: previousRow, run: move(-1) },
    {
      command: openRow,
      keyOnly: true,
      off: open !== null || mark === null,
      run: () =>
        void navigate({
          to: '/views/$view/$number',
          params: { view, number: String(mark) },
          search: (old) => old,
        }),
    },
    {
      command: backToQueue,
      off: open === null,
      run: () => {
        setMark(open)
        neighbours?.leave()
      },
    },
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is opened
  useEffect(() => {
    const index = rows.findIndex((row) => row.number === open)
    if (index >= 0) reveal(index)
  }, [open])
  return open === null ? mark : null
}
