import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Popover } from '#console/kit/Popover.tsx'
import type { Openable } from '#console/kit/popups.ts'
import styles from './FilterFields.module.css'
import { FilterFields } from './FilterFields.tsx'
import type { Filters } from './search.ts'

export interface FilterPopoverProps extends Openable {
  filters: Filters
  onChange: (part: Partial<Filters>) => void
  trigger: ReactElement
}
/** Every filter in one place; the list behind it follows at once. */
export function FilterPopover({ filters, onChange, trigger, open, onOpenChange }: FilterPopoverProps) {
  const { t } = useTranslation('queue')
  return (
    <Popover trigger={trigger} open={open} onOpenChange={onOpenChange} align="end" label={t('filter')}>
      <div className={styles.floating}>
        <FilterFields filters={filters} onChange={onChange} />
      </div>
    </Popover>
  )
}
