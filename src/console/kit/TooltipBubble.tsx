import { Tooltip as Base } from '@base-ui/react/tooltip'
import styles from './floating.module.css'
import type { Tip } from './popups.ts'

export function TooltipBubble({ anchor, text, keys }: Tip) {
  return (
    <Base.Root open>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.tooltip} aria-hidden="true">
            {text}
            {keys && <kbd className={styles.key}>{keys}</kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
