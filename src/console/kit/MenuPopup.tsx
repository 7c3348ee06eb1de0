import { Menu as Base } from '@base-ui/react/menu'
import { type FocusEvent, type ReactElement, useRef } from 'react'
import styles from './floating.module.css'
import { Icon } from './Icon.tsx'
import {
  type ContextMenuProps,
  type MenuChoiceProps,
  type MenuItemProps,
  type MenuParts,
  MenuPartsContext,
  type MenuProps,
} from './popups.ts'

const parts: MenuParts = { Item, Choice, Separator: () => <Base.Separator className={styles.separator} /> }

export function MenuPopup({ trigger, children, align = 'start', open, onOpenChange, byKey }: MenuProps) {
  const marked = useRef(false)
  // Opened by key before it was fetched, it does not know of the key: it is told, once.
  const mark = ({ target, currentTarget }: FocusEvent) => {
    if (!byKey || marked.current || target !== currentTarget) return
    marked.current = true
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
  }
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <Base.Popup className={`${styles.popup} ${styles.menu}`} onFocus={mark}>
            <MenuPartsContext value={parts}>{children}</MenuPartsContext>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function ContextMenuPopup({ open, onOpenChange, at, label, children }: ContextMenuProps) {
  const anchor = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" className={styles.positioner}>
          <Base.Popup className={`${styles.popup} ${styles.menu}`} aria-label={label}>
            <MenuPartsContext value={parts}>{children}</MenuPartsContext>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Item({ children, onClick, icon, hint, danger, disabled }: MenuItemProps) {
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

function Choice({ value, onChange, options }: MenuChoiceProps) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onChange(String(next))}>
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
