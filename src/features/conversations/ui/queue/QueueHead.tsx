import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '#console/commands/registry.ts'
import { keyHint, useCommands } from '#console/commands/useCommands.ts'
import { IconButton } from '#console/kit/Button.tsx'
import { lazily } from '#console/kit/lazily.ts'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { onDemand } from '#console/kit/onDemand.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import { changeDensity, filterQueue, takeNext } from './commands.ts'
import type { FilterPopoverProps } from './FilterPopover.tsx'
import { chipsOf } from './filters.ts'
import { sorts } from './order.ts'
import styles from './QueueHead.module.css'
import type { Queue } from './useQueue.ts'

const FilterPopover = onDemand<FilterPopoverProps>(
  async () => (await import('./FilterPopover.tsx')).FilterPopover,
  { popup: 'dialog' },
)
const SaveView = lazily(async () => (await import('#features/views/ui/SaveView.tsx')).SaveView)

export function QueueHead({
  queue,
  dense,
  onDense,
}: {
  queue: Queue
  dense: boolean
  onDense: (dense: boolean) => void
}) {
  const { t } = useTranslation('queue')
  const [editing, setEditing] = useState(false)
  const { own, filters, change } = queue
  const count = chipsOf(filters).length
  const [filtering, setFiltering] = useState(false)
  useCommands([
    { command: filterQueue, run: () => setFiltering(true) },
    { command: changeDensity, run: () => onDense(!dense) },
  ])
  return (
    <header className={styles.head}>
      <MenuButton />
      <h1 className={styles.name}>
        <bdi>{queue.name}</bdi>
      </h1>
      {own && (
        <IconButton name="pencil" size="small" label={t('viewEdit')} onClick={() => setEditing(true)} />
      )}
      <IconButton
        name="next"
        size="small"
        label={t('takeNext')}
        keys={keyHint(takeNext)}
        onClick={() => runCommand(takeNext)}
      />
      <FilterPopover
        open={filtering}
        onOpenChange={setFiltering}
        filters={filters}
        onChange={change}
        trigger={
          <IconButton
            name="filter"
            size="small"
            label={count > 0 ? t('filterCount', { count }) : t('filter')}
            data-on={count > 0 || undefined}
          />
        }
      />
      <Menu align="end" trigger={<IconButton name="settings" size="small" label={t('console:queueOrder')} />}>
        <MenuChoice
          value={queue.sort}
          onChange={queue.setSort}
          options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
        />
        <MenuSeparator />
        <MenuItem icon="list" onClick={() => onDense(!dense)}>
          {dense ? t('console:rowsRoomy') : t('console:rowsDense')}
        </MenuItem>
      </Menu>
      {editing && own && (
        <Suspense>
          <SaveView view={own} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </header>
  )
}
