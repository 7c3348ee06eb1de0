// What a popup's button and the popup itself agree on. The popup is fetched later (see onDemand.tsx).
import { type ComponentType, createContext, type ReactElement, type ReactNode } from 'react'
import type { IconName } from './Icon.tsx'

export interface Openable {
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

export interface MenuProps extends Openable {
  /** The button itself. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  /** its button was pressed by key before it was fetched */
  byKey?: boolean
}

export interface ContextMenuProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** px from the window's corner */
  at: { x: number; y: number }
  label: string
  children: ReactNode
}

export interface MenuItemProps {
  children: ReactNode
  onClick?: () => void
  icon?: IconName
  hint?: ReactNode
  danger?: boolean
  disabled?: boolean
}
export interface MenuChoiceProps {
  value: string | null
  onChange: (value: string) => void
  options: readonly { value: string; label: ReactNode; hint?: ReactNode }[]
}
/** What a menu is made of, given by the menu that is open. */
export interface MenuParts {
  Item: ComponentType<MenuItemProps>
  Choice: ComponentType<MenuChoiceProps>
  Separator: ComponentType
}
export const MenuPartsContext = createContext<MenuParts | null>(null)

export interface Choice {
  id: string
  label: string
  hint?: string
  lead?: ReactNode
}
export interface ComboboxShared extends Openable {
  /** The button that opens it. */
  trigger: ReactElement
  options: readonly Choice[]
  placeholder: string
  /** What it chooses, where neither a field nor the button's own name says so: a combobox has no name by its content. */
  label?: string
}
export interface ComboboxProps extends ComboboxShared {
  value: string | null
  onChange: (id: string) => void
}
export interface MultiComboboxProps extends ComboboxShared {
  value: readonly string[]
  onChange: (ids: string[]) => void
  /** Offers what was typed when no option has it. */
  onCreate?: (label: string) => void
}

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  words?: ReactNode
  children?: ReactNode
  /** The buttons, the main one last. */
  foot?: ReactNode
  wide?: boolean
  /** Can't be waved away: no close button, Escape and a click beside it do nothing. */
  fixed?: boolean
}

export interface DrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  side?: 'start' | 'end'
  label: string
  children: ReactNode
}

export interface FinderItem {
  id: string
  words: string
  icon?: IconName
  /** A quieter word at the end: what kind of thing it is. */
  hint?: string
  /** Its shortcut, one entry per cap. */
  caps?: readonly string[]
}
export interface FinderGroup {
  id: string
  /** No heading when not said. */
  name?: string
  items: readonly FinderItem[]
}
export interface FinderProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  placeholder: string
  typed: string
  onType: (typed: string) => void
  /** The line has the focus: what was typed before it stood there can come in. */
  onReady?: () => void
  groups: readonly FinderGroup[]
  /** Said when nothing answers. */
  empty: string
  /** Answers what is done once the popup is gone and the focus is back. `apart`: Ctrl or ⌘ was held, for a new tab. */
  onChoose: (id: string, apart: boolean) => () => void
}

export interface ViewerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What can be done with what is shown, at the end of the head. */
  acts?: ReactNode
  children: ReactNode
  /** Keys while it is open; answers whether it was one of its own. */
  onKey?: (key: string) => boolean
}

export interface ToastExtra {
  act?: { label: string; run: () => void }
  /** Counts down to this time (ms since 1970) and goes then: the undo bar. */
  until?: number
}

export interface Tip {
  anchor: Element
  text: string
  keys: string | null
}
