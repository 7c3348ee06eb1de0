import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { viewsQuery } from '#features/views/ui/views.ts'
import { NeighboursContext } from './neighbours.ts'
import { QueueHead } from './QueueHead.tsx'
import { QueueList } from './QueueList.tsx'
import styles from './QueuePage.module.css'
import { listQuery } from './queries.ts'
import { useCalmRows } from './useCalmRows.ts'

/** A view: its conversations at the left, the open one beside it. On the phone they are two screens. */
export function QueuePage() {
  const { t } = useTranslation('console')
  const me = useMe()
  const navigate = useNavigate()
  const { view } = useParams({ from: '/desk/views/$view' })
  const { item: _item, ...filters } = useSearch({ from: '/desk/views/$view' })
  const { number } = useParams({ strict: false })
  const open = number ? Number(number) : null
  const list = useInfiniteQuery(listQuery({ view, ...filters }))
  const fresh = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const [dense, setDense] = useState(() => localStorage.getItem('foyer.dense') === '1')
  const calm = useCalmRows(fresh, `${view} ${JSON.stringify(filters)}`)
  const { data: views } = useQuery(viewsQuery)
  const shown = views?.find((each) => each.id === view)
  const name = shown && !shown.builtIn ? shown.name : t(`view.${view}`, { defaultValue: view })

  const neighbours = useMemo(() => {
    const numbers = calm.rows.map((row) => row.number)
    const to = (next: number) =>
      void navigate({
        to: '/views/$view/$number',
        params: { view, number: String(next) },
        search: (old) => ({ ...old, item: undefined }),
      })
    return {
      numbers,
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
          search: (old) => ({ ...old, item: undefined }),
        }),
    }
  }, [calm.rows, navigate, open, view])

  return (
    <NeighboursContext value={neighbours}>
      <div className={styles.page} data-open={open !== null || undefined}>
        <section className={styles.queue} aria-label={t('queueOf', { name })}>
          <QueueHead
            name={name}
            dense={dense}
            onDense={(next) => {
              localStorage.setItem('foyer.dense', next ? '1' : '0')
              setDense(next)
            }}
          />
          {list.isPending && <Skeleton lines={8} row={44} />}
          {list.isError && !list.data && (
            <ErrorState error={list.error} onRetry={() => void list.refetch()} />
          )}
          {list.data && calm.rows.length === 0 && <Empty view={view} name={me.name} />}
          {calm.rows.length > 0 && (
            <QueueList
              rows={calm.rows}
              news={calm.news}
              onShowNews={calm.release}
              onHand={calm.hold}
              dense={dense}
              open={open}
              view={view}
              onEnd={() => {
                if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
              }}
            />
          )}
        </section>
        <div className={styles.beside}>
          <Outlet />
        </div>
      </div>
    </NeighboursContext>
  )
}

function Empty({ view, name }: { view: string; name: string }) {
  const { t, i18n } = useTranslation('console')
  const own = i18n.exists(`console:empty.${view}`)
  return (
    <EmptyState
      icon={own ? 'check' : 'inbox'}
      title={t(own ? `empty.${view}` : 'empty.any', { name: name.split(' ')[0] })}
      words={t(own ? `empty.${view}Words` : 'empty.anyWords')}
    />
  )
}
