import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'
import styles from './floating.module.css'

/** For the few things that must interrupt. `foot` holds the buttons, the main one last. */
export function Dialog({
  open,
  onOpenChange,
  title,
  words,
  children,
  foot,
  wide,
  fixed,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  words?: ReactNode
  children?: ReactNode
  foot?: ReactNode
  wide?: boolean
  /** Can't be waved away: no close button, Escape and a click beside it do nothing. */
  fixed?: boolean
}) {
  const { t } = useTranslation('console')
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => !fixed && onOpenChange(next)}
      disablePointerDismissal={fixed}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.dialogPlace}>
          <Base.Popup
            ref={popup}
            className={wide ? `${styles.dialog} ${styles.dialogWide}` : styles.dialog}
            // The first thing to fill in, never the button that leaves.
            initialFocus={() => popup.current?.querySelector<HTMLElement>('input, textarea') ?? popup.current}
          >
            <div className={styles.dialogHead}>
              <Base.Title className={styles.dialogTitle}>{title}</Base.Title>
              {!fixed && <Base.Close render={<IconButton name="close" size="small" label={t('close')} />} />}
            </div>
            {words && <Base.Description className={styles.dialogWords}>{words}</Base.Description>}
            {children}
            {foot && <div className={styles.dialogFoot}>{foot}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** A panel that slides over from a side: the rail on the phone, the customer on narrow screens. */
export function Drawer({
  open,
  onOpenChange,
  side = 'start',
  label,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  side?: 'start' | 'end'
  label: string
  children: ReactNode
}): ReactElement {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.drawer} data-side={side} aria-label={label}>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
