import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { useLetters } from '#console/kit/useLetters.ts'
import { useWatch } from '#console/live/useLive.ts'
import styles from './QueueList.module.css'
import { QueueRow } from './QueueRow.tsx'
import type { Selection } from './selection.ts'
import { useAnchor } from './useAnchor.ts'
import { useCursor } from './useCursor.ts'
import { useFresh } from './useFresh.ts'
import type { Hands } from './useHands.ts'
import { useOneStop } from './useOneStop.ts'
import { usePlaceOfRows } from './usePlaceOfRows.ts'
import type { Queue } from './useQueue.ts'

const rowHeight = (dense: boolean) => (dense ? 40 : 64)

const withStop = (range: Range, stop: number) => {
  const shown = defaultRangeExtractor(range)
  if (stop < 0 || stop >= range.count || shown.includes(stop)) return shown
  return stop < shown[0]! ? [stop, ...shown] : [...shown, stop]
}

/** Only the rows on screen exist. Rows that come in above the reader push the scroll, not the eye. */
export function QueueList({
  queue,
  dense,
  open,
  selection,
  hands,
  me,
}: {
  queue: Queue
  dense: boolean
  open: number | null
  selection: Selection
  hands: Hands
  me: string
}) {
  const { t } = useTranslation('console')
  const { rows, view, list } = queue
  const box = useRef<HTMLElement>(null)
  const height = Math.round(rowHeight(dense) * useLetters())
  // What has the keyboard's focus stays in the page, however far away one scrolls.
  const kept = useRef(-1)
  // The same function while the rows are the same: with another one every row would be measured again.
  const getItemKey = useCallback((index: number) => rows[index]?.number ?? index, [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey,
    rangeExtractor: (range) => withStop(range, kept.current),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height of rows changes
  useEffect(() => virtual.measure(), [height])
  const pointer = useAnchor(box, rows, height)
  const place = usePlaceOfRows(view)
  const { fresh, gliding } = useFresh(rows, JSON.stringify(queue.query), box, height)
  const reveal = (index: number) => {
    const { scrollOffset, scrollRect } = virtual
    const above = index * height - (scrollOffset ?? 0)
    // What is on screen needs no scrolling; asking the list would have it laid out in the middle of a key's work.
    if (scrollRect && above >= 0 && above + height <= scrollRect.height) return
    virtual.scrollToIndex(index)
  }
  const { mark, setMark } = useCursor({ rows, open, view, hands, reveal })
  const marked = open ?? mark
  kept.current = marked === null ? -1 : rows.findIndex((row) => row.number === marked)
  const stop = kept.current >= 0 ? marked : rows[virtual.range?.startIndex ?? 0]?.number
  useOneStop(box, kept.current >= 0 ? marked : null)
  const shown = virtual.getVirtualItems()
  const last = virtual.range?.endIndex ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (last >= rows.length - 12 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  useWatch(shown.flatMap(({ index }) => rows[index]?.number ?? []))
  return (
    <>
      {queue.news > 0 && (
        <div className={styles.news}>
          <Button size="small" look="main" onClick={queue.release}>
            {t('newRows', { count: queue.news })}
          </Button>
        </div>
      )}
      <section
        className={styles.box}
        ref={box}
        onPointerMove={(event) => {
          pointer.current = event.pointerType === 'mouse' ? event.clientY : null
          queue.hold()
        }}
        onPointerLeave={() => {
          pointer.current = null
          queue.release()
        }}
        onFocus={({ target }) => target.dataset.row && setMark(Number(target.dataset.row))}
        aria-label={t('queue')}
      >
        <ul
          className={styles.rows}
          data-gliding={gliding || undefined}
          style={{ height: virtual.getTotalSize() }}
        >
          {shown.map(({ index, key, start }) => {
            const row = rows[index]
            return (
              row && (
                <li
                  key={key}
                  className={styles.place}
                  aria-setsize={hasNextPage ? -1 : rows.length}
                  aria-posinset={index + 1}
                  style={{ height, transform: `translateY(${start}px)` }}
                >
                  <QueueRow
                    row={row}
                    place={place}
                    dense={dense}
                    open={row.number === open}
                    under={row.number === mark}
                    stop={row.number === stop}
                    picked={selection.numbers.has(row.number)}
                    picking={selection.numbers.size > 0}
                    fresh={fresh.has(row.number)}
                    me={me}
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
