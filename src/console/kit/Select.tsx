import { Select as Base } from '@base-ui/react/select'
import type { ReactNode } from 'react'
import fieldStyles from './Field.module.css'
import styles from './floating.module.css'
import { Icon } from './Icon.tsx'

export interface Option<T extends string = string> {
  value: T
  label: string
  hint?: ReactNode
}

/** One of a short list. For long lists that are searched: Combobox. */
export function Select<T extends string>({
  value,
  onChange,
  options,
  label,
  disabled,
  placeholder,
}: {
  value: T | null
  onChange: (value: T) => void
  options: readonly Option<T>[]
  /** Only outside a Field, which brings its own label. */
  label?: string
  disabled?: boolean
  placeholder?: string
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      items={options}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger className={`${fieldStyles.input} ${fieldStyles.select}`} aria-label={label}>
        <Base.Value placeholder={placeholder} />
        <Icon name="chevron" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className={styles.positioner}>
          <Base.Popup className={`${styles.popup} ${styles.menu}`}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={styles.item}>
                <span className={styles.tick}>
                  <Base.ItemIndicator>
                    <Icon name="check" />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText className={styles.grow}>{option.label}</Base.ItemText>
                {option.hint && <span className={styles.hint}>{option.hint}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
