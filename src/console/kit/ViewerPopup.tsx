import { Dialog as Base } from '@base-ui/react/dialog'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'
import floating from './floating.module.css'
import type { ViewerProps } from './popups.ts'
import styles from './Viewer.module.css'

export function ViewerPopup({ open, onOpenChange, title, acts, children, onKey }: ViewerProps) {
  const { t } = useTranslation('console')
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={floating.backdrop} />
        <Base.Popup
          ref={popup}
          className={styles.viewer}
          initialFocus={popup}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return
            if (onKey?.(event.key)) event.preventDefault()
          }}
        >
          <div className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {acts}
            <Base.Close render={<IconButton name="close" label={t('closeThis')} keys="Esc" />} />
          </div>
          <div className={styles.body}>{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
