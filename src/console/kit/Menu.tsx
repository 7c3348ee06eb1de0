import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import styles from './floating.module.css'
import { Icon, type IconName } from './Icon.tsx'

/** A list of acts behind a button. `trigger` is the button itself. */
export function Menu({
  trigger,
  children,
  align = 'start',
  open,
  onOpenChange,
}: {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <Base.Popup className={`${styles.popup} ${styles.menu}`}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps {
  children: ReactNode
  onClick?: () => void
  icon?: IconName
  hint?: ReactNode
  danger?: boolean
  disabled?: boolean
}
export function MenuItem({ children, onClick, icon, hint, danger, disabled }: MenuItemProps) {
  return (
    <Base.Item
      className={styles.item}
      onClick={onClick}
      disabled={disabled}
      data-danger={danger ? '' : undefined}
    >
      {icon && <Icon name={icon} />}
      <span className={styles.grow}>{children}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
    </Base.Item>
  )
}

/** One of several: the chosen one is ticked. */
export function MenuChoice<T extends string>({
  value,
  onChange,
  options,
}: {
  value: T | null
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; hint?: ReactNode }[]
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={styles.item} closeOnClick>
          <span className={styles.tick}>
            <Base.RadioItemIndicator>
              <Icon name="check" />
            </Base.RadioItemIndicator>
          </span>
          <span className={styles.grow}>{option.label}</span>
          {option.hint && <span className={styles.hint}>{option.hint}</span>}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
export const MenuSeparator = () => <Base.Separator className={styles.separator} />
