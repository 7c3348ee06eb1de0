import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button } from '#console/kit/Button.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { chipsOf, filterFields } from './filters.ts'
import type { Queue } from './useQueue.ts'

/** Where there are no keys, nothing is said of them: `…Words_touch`, where a text has one. */
const byHand = matchMedia('(hover: none) and (pointer: coarse)').matches
const good = new Set(['mine', 'unassigned', 'my-teams', 'open', 'stuck', 'mentioned'])

/** Nothing in this view: why that may be, and where to look next. */
export function EmptyQueue({ queue: { view, own, filters, change } }: { queue: Queue }) {
  const { t, i18n } = useTranslation('queue')
  const me = useMe()
  if (chipsOf(filters).length > 0)
    return (
      <EmptyState icon="filter" title={t('empty.filtered')} words={t('empty.filteredWords')}>
        <Button onClick={() => change(Object.fromEntries(filterFields.map((field) => [field, undefined])))}>
          {t('filterClear')}
        </Button>
      </EmptyState>
    )
  const key = own ? 'saved' : i18n.exists(`queue:empty.${view}`) ? view : 'any'
  return (
    <EmptyState
      icon={good.has(view) ? 'check' : 'inbox'}
      title={t(`empty.${key}`, { name: me.name.split(' ')[0] })}
      words={t(`empty.${key}Words`, { context: byHand ? 'touch' : '' })}
    />
  )
}
