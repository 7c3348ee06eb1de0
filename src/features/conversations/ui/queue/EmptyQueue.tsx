import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { firstStepsQuery, isNew } from '#features/first-steps/ui/firstSteps.ts'
import { viewsQuery } from '#features/views/ui/views.ts'
import { chipsOf, filterFields } from './filters.ts'
import styles from './QueuePage.module.css'
import type { Queue } from './useQueue.ts'

/** Where there are no keys, nothing is said of them: `…Words_touch`, where a text has one. */
const byHand = matchMedia('(hover: none) and (pointer: coarse)').matches
/** Whose own work is done: it goes on where nobody holds it. */
const leadsOn = new Set(['mine', 'my-teams', 'mentioned'])
const neverAny = new Set(['mine', 'unassigned', 'my-teams', 'open', 'all'])
const good = new Set(['mine', 'unassigned', 'my-teams', 'open', 'stuck', 'mentioned'])

/** Nothing in this view: why that may be, and where to look next. */
export function EmptyQueue({ queue: { view, own, filters, change } }: { queue: Queue }) {
  const { t } = useTranslation('queue')
  const { data: views } = useQuery(viewsQuery)
  if (chipsOf(filters).length > 0)
    return (
      <EmptyState icon="filter" title={t('empty.filtered')} words={t('empty.filteredWords')}>
        <Button onClick={() => change(Object.fromEntries(filterFields.map((field) => [field, undefined])))}>
          {t('filterClear')}
        </Button>
      </EmptyState>
    )
  if (neverAny.has(view) && views?.every(({ count }) => count === 0))
    return <BrandNew view={view} own={own !== null} />
  return leadsOn.has(view) ? <Done view={view} /> : <Nothing view={view} own={own !== null} />
}

/** On a desk where nothing happened yet nothing is "done": what opens the first conversation, and the first steps. */
function BrandNew({ view, own }: { view: string; own: boolean }) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const { data } = useQuery(firstStepsQuery)
  if (!isNew(data)) return <Nothing view={view} own={own} />
  return (
    <EmptyState icon="inbox" title={t('empty.new')} words={t('empty.newWords')}>
      <div className={styles.onPhone}>
        <Button look="main" onClick={() => void navigate({ to: '/first-steps' })}>
          {t('empty.steps')}
        </Button>
      </div>
    </EmptyState>
  )
}

/** What waits for anybody, and a way to the one that waits longest. */
function Done({ view }: { view: string }) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const { data: views } = useQuery(viewsQuery)
  const waiting = views?.find(({ id }) => id === 'unassigned')?.count ?? 0
  if (waiting === 0) return <Nothing view={view} own={false} />
  const unassigned = { to: '/views/$view', params: { view: 'unassigned' } } as const
  const next = async () => {
    const query = { view: 'unassigned', sort: 'waiting', limit: 1 }
    const { items } = await get<{ items: { number: number }[] }>('/conversations', { query })
    const number = items[0]?.number
    void navigate(
      number === undefined
        ? unassigned
        : { to: '/views/$view/$number', params: { view: 'unassigned', number: String(number) } },
    )
  }
  return (
    <Nothing view={view} own={false} words={t('empty.waits', { count: waiting })}>
      <Button look="main" onClick={() => void next()}>
        {t('empty.next')}
      </Button>
      <Button onClick={() => void navigate(unassigned)}>{t('empty.look')}</Button>
    </Nothing>
  )
}

interface NothingProps {
  view: string
  own: boolean
  words?: string
  children?: ReactNode
}
function Nothing({ view, own, words, children }: NothingProps) {
  const { t, i18n } = useTranslation('queue')
  const me = useMe()
  const key = own ? 'saved' : i18n.exists(`queue:empty.${view}`) ? view : 'any'
  return (
    <EmptyState
      icon={good.has(view) ? 'check' : 'inbox'}
      title={t(`empty.${key}`, { name: me.name.split(' ')[0] })}
      words={words ?? t(`empty.${key}Words`, { context: byHand ? 'touch' : '' })}
    >
      {children}
    </EmptyState>
  )
}
