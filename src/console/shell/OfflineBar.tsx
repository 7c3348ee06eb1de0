import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useLine } from '../live/useLive.ts'
import { countDone, subscribe } from '../offline/waiting.ts'
import styles from './Shell.module.css'

/** A slim bar while the line is down: reading goes on from what is here, and what waits to be sent is counted. */
export function OfflineBar() {
  const { t } = useTranslation('console')
  const off = useLine() === 'off'
  const waiting = useSyncExternalStore(subscribe, countDone)
  return (
    <div role="status" className={off ? styles.bar : undefined}>
      {off && <span>{t('offline')}</span>}
      {off && waiting > 0 && <strong>{t('waitToBeSent', { count: waiting })}</strong>}
    </div>
  )
}
