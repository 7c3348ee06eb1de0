import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { lazily } from '#console/kit/lazily.ts'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { NeighboursContext } from '../neighbours.ts'
import { Chips } from './Chips.tsx'
import { EmptyQueue } from './EmptyQueue.tsx'
import { QueueHead } from './QueueHead.tsx'
import { QueueList } from './QueueList.tsx'
import styles from './QueuePage.module.css'
import { RowHandsContext } from './rowContext.ts'
import { useDense } from './useDense.ts'
import { useHands } from './useHands.ts'
import { type Queue, useQueue } from './useQueue.ts'

const BulkBar = lazily(async () => (await import('./BulkBar.tsx')).BulkBar)
const RowMenu = lazily(async () => (await import('./RowMenu.tsx')).RowMenu)
const Refusals = lazily(async () => (await import('./Refusals.tsx')).Refusals)

/** A view: its conversations at the left, the open one beside it. On the phone they are two screens. */
export function QueuePage() {
  const { t } = useTranslation('console')
  const me = useMe()
  const { number } = useParams({ strict: false })
  const open = number ? Number(number) : null
  const queue = useQueue()
  const { list, rows, view } = queue
  const [dense, setDense] = useDense(me.id)
  const neighbours = useRowsAround(queue, open)
  const hands = useHands(queue)
  const { selection } = hands
  return (
    <NeighboursContext value={neighbours}>
      <RowHandsContext value={hands.row}>
        <div className={styles.page} data-open={open !== null || undefined}>
          <section className={styles.queue} data-queue="" aria-label={t('queueOf', { name: queue.name })}>
            <div>
              <QueueHead queue={queue} dense={dense} onDense={setDense} />
              <Chips queue={queue} />
            </div>
            <div className={styles.list}>
              {list.isPending && <Skeleton lines={8} row={52} />}
              {list.isError && !list.data && (
                <ErrorState error={list.error} onRetry={() => void list.refetch()} />
              )}
              {list.data && rows.length === 0 && <EmptyQueue queue={queue} />}
              {rows.length > 0 && (
                <QueueList
                  queue={queue}
                  dense={dense}
                  open={open}
                  selection={selection}
                  hands={hands}
                  me={me.id}
                />
              )}
            </div>
            <Suspense>
              {(selection.numbers.size > 0 || hands.running) && <BulkBar hands={hands} view={view} />}
              {hands.menu && <RowMenu hands={hands} view={view} />}
              {hands.refusals.length > 0 && <Refusals refusals={hands.refusals} />}
            </Suspense>
          </section>
          <div className={styles.beside}>
            <Outlet />
          </div>
        </div>
      </RowHandsContext>
    </NeighboursContext>
  )
}

/** The rows before and after the open conversation, for whoever reads it. */
function useRowsAround({ rows, view }: Queue, open: number | null) {
  const navigate = useNavigate()
  return useMemo(() => {
    const numbers = rows.map((row) => row.number)
    const to = (next: number) =>
      void navigate({
        to: '/views/$view/$number',
        params: { view, number: String(next) },
        search: (old) => ({ ...old, item: undefined, around: undefined }),
      })
    return {
      numbers,
      open: to,
      go: (delta: number) => {
        const at = open === null ? -1 : numbers.indexOf(open)
        const next = numbers[at + delta]
        if (next !== undefined) to(next)
        return next !== undefined
      },
      leave: () =>
        void navigate({
          to: '/views/$view',
          params: { view },
          search: (old) => ({ ...old, item: undefined, around: undefined }),
        }),
    }
  }, [rows, navigate, open, view])
}
