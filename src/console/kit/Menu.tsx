import { type ComponentType, createContext, type ReactElement, type ReactNode, useContext } from 'react'
import type { IconName } from './Icon.tsx'
import { type Openable, onDemand } from './onDemand.tsx'

export interface MenuProps extends Openable {
  /** The button itself. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
}
/** A list of acts behind a button. */
export const Menu = onDemand<MenuProps>(async () => (await import('./MenuPopup.tsx')).MenuPopup, {
  popup: 'menu',
})

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

export function MenuItem(props: MenuItemProps) {
  const parts = useContext(MenuPartsContext)
  return parts && <parts.Item {...props} />
}
/** One of several: the chosen one is ticked. */
export function MenuChoice<T extends string>(props: {
  value: T | null
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; hint?: ReactNode }[]
}) {
  const parts = useContext(MenuPartsContext)
  return parts && <parts.Choice {...props} onChange={(value) => props.onChange(value as T)} />
}
export function MenuSeparator() {
  const parts = useContext(MenuPartsContext)
  return parts && <parts.Separator />
}
