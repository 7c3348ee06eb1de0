import { onDemandAlone } from './onDemand.tsx'
import type { DialogProps, DrawerProps } from './popups.ts'

/** For the few things that must interrupt. */
export const Dialog = onDemandAlone<DialogProps>(async () => (await import('./DialogPopup.tsx')).DialogPopup)

/** A panel that slides over from a side: the rail on the phone, the customer on narrow screens. */
export const Drawer = onDemandAlone<DrawerProps>(async () => (await import('./DialogPopup.tsx')).DrawerPopup)
