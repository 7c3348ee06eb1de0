import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import styles from './floating.module.css'

/** Words behind an icon, for the eye: the child names itself for screen readers, and takes a ref and props. */
export function Tooltip({
  text,
  keys,
  children,
}: {
  text: ReactNode
  keys?: string
  children: ReactElement
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children as ReactElement<Record<string, unknown>>} delay={500} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.tooltip} aria-hidden="true">
            {text}
            {keys && <kbd className={styles.key}>{keys}</kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
export const TooltipProvider = Base.Provider
