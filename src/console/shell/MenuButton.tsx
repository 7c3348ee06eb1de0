import { useTranslation } from 'react-i18next'
import { IconButton } from '../kit/Button.tsx'
import { useRailDrawer } from './railDrawer.ts'
import styles from './Shell.module.css'

/** Seen only where the rail is a drawer. */
export function MenuButton() {
  const { t } = useTranslation('console')
  const open = useRailDrawer()
  return (
    <span className={styles.menuButton}>
      <IconButton name="menu" label={t('rail')} onClick={open} />
    </span>
  )
}
