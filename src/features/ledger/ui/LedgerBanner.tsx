import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get, put } from '#console/api/request.ts'
import { BareButton, buttonClass } from '#console/kit/Button.tsx'
import type { LedgerAlarm } from '../ledger.contract.ts'
import styles from './LedgerBanner.module.css'

/** Above every screen of an administrator while mail is not accounted for and nobody has said that he saw it. */
export function LedgerBanner() {
  const { t } = useTranslation('ledger')
  const client = useQueryClient()
  const queryKey = keys.mailLog({ alarm: true })
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<{ alarm: LedgerAlarm | null }>('/ledger/alarm', { signal }),
  })
  const alarm = data?.alarm
  if (!alarm || alarm.seen) return null
  const seen = async () => client.setQueryData(queryKey, await put('/ledger/alarm/seen', {}))
  return (
    <div className={styles.banner} role="alert">
      <strong>{t('alarm.words')}</strong>
      <Link to="/mail-log" className={styles.act}>
        {t('alarm.open')}
      </Link>
      <BareButton className={buttonClass('quiet', 'small')} onClick={() => void seen()}>
        {t('alarm.seen')}
      </BareButton>
    </div>
  )
}
