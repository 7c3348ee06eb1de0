import type { MouseEvent, ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Pick.module.css'

/**
 * What stands at the head of a row and turns into a box to tick when a pointer comes near, when it is ticked, or
 * while others are. Not a stop of its own for the tab key: the row's keys do the same.
 */
export function Pick({
  picked,
  picking,
  label,
  onPick,
  size,
  children,
}: {
  picked: boolean
  /** others are picked: every box shows */
  picking: boolean
  label: string
  onPick: (event: MouseEvent) => void
  /** px */
  size: number
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it turns from a picture into a box; an input could not
    <button
      type="button"
      role="checkbox"
      aria-checked={picked}
      aria-label={label}
      tabIndex={-1}
      className={styles.pick}
      data-picking={picking || picked || undefined}
      style={{ ['--pick' as string]: `${size}px` }}
      onClick={onPick}
    >
      <span className={styles.face}>{children}</span>
      <span className={styles.box}>{picked && <Icon name="check" size={14} />}</span>
    </button>
  )
}
