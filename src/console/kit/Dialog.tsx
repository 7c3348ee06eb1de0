import type { ReactNode } from 'react'
import { onDemandAlone } from './onDemand.tsx'

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
/** For the few things that must interrupt. */
export const Dialog = onDemandAlone<DialogProps>(async () => (await import('./DialogPopup.tsx')).DialogPopup)

export interface DrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  side?: 'start' | 'end'
  label: string
  children: ReactNode
}
/** A panel that slides over from a side: the rail on the phone, the customer on narrow screens. */
export const Drawer = onDemandAlone<DrawerProps>(async () => (await import('./DialogPopup.tsx')).DrawerPopup)
