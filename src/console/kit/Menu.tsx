import { type ReactNode, useContext } from 'react'
import { onDemand } from './onDemand.tsx'
import { type MenuItemProps, MenuPartsContext, type MenuProps } from './popups.ts'

/** A list of acts behind a button. */
export const Menu = onDemand<MenuProps>(async () => (await import('./MenuPopup.tsx')).MenuPopup, {
  popup: 'menu',
})

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
