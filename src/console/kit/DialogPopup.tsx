import { Dialog as Base } from '@base-ui/react/dialog'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'
import styles from './floating.module.css'
import type { DialogProps, DrawerProps } from './popups.ts'

export function DialogPopup({ open, onOpenChange, title, words, children, foot, wide, fixed }: DialogProps) {
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

export function DrawerPopup({ open, onOpenChange, side = 'start', label, children }: DrawerProps) {
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
