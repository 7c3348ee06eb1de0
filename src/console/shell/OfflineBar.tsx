import { useTranslation } from 'react-i18next'
import { useLine } from '../live/useLive.ts'
import styles from './Shell.module.css'

/** A slim bar while the line is down: reading goes on from what is here. */
export function OfflineBar() {
  const { t } = useTranslation('console')
  const line = useLine()
  return (
    <div role="status" className={line === 'off' ? styles.bar : undefined}>
      {line === 'off' && t('offline')}
    </div>
  )
}
