import { useTranslation } from 'react-i18next'
import { BareButton } from '#console/kit/Button.tsx'
import { tip } from '#console/kit/Tooltip.tsx'
import styles from './Words.module.css'

/** The three dots behind which history and signature wait. */
export function FoldButton({ open, onChange }: { open: boolean; onChange: (open: boolean) => void }) {
  const { t } = useTranslation('console')
  const words = open ? t('foldHide') : t('foldShow')
  return (
    <BareButton
      className={styles.fold}
      aria-expanded={open}
      aria-label={words}
      {...tip(words, 'O')}
      data-unfolds=""
      onClick={() => onChange(!open)}
    >
      •••
    </BareButton>
  )
}
