import { onDemandAlone } from './onDemand.tsx'
import type { ContextMenuProps } from './popups.ts'

/** A list of acts at a place of the screen: right click, or Shift+F10 on what has the focus. Made of menu items. */
export const ContextMenu = onDemandAlone<ContextMenuProps>(
  async () => (await import('./MenuPopup.tsx')).ContextMenuPopup,
)
