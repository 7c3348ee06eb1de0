import { Dialog as Base } from '@base-ui/react/dialog'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button.tsx'
import styles from './floating.module.css'
import type { DialogProps, DrawerProps } from './popups.ts'

/** Not what cannot be focused: selects and switches carry a hidden input, which is disabled with them. */
const fillable = ['input', 'textarea', '[role="combobox"]', '[role="switch"]', '[role="checkbox"]']
  .map((each) => `${each}:not(:disabled, [data-disabled], [aria-hidden="true"])`)
  .join()

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
            initialFocus={() => popup.current?.querySelector<HTMLElement>(fillable) ?? popup.current}
          >
            <div className={styles.dialogHead}>
              <Base.Title className={styles.dialogTitle}>{title}</Base.Title>
              {!fixed && (
                <Base.Close render={<IconButton name="close" size="small" label={t('closeThis')} />} />
              )}
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
  const { t } = useTranslation('console')
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.drawer} data-side={side} aria-label={label}>
          {children}
          <div className={styles.drawerClose}>
            <Base.Close render={<Button>{t('close')}</Button>} />
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
