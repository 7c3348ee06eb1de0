import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { LedgerSums } from '../ledger.contract.ts'
import styles from './MailLog.module.css'

/** Whether what the doors counted is all here: a quiet line, or the alarm. For administrators. */
export function SumsLine() {
  const { t, i18n } = useTranslation('settings')
  const { data } = useQuery({
    queryKey: keys.mailLog({ sums: true }),
    queryFn: ({ signal }) => get<LedgerSums>('/ledger', { signal }),
  })
  if (!data) return null
  const wrong = Object.values(data).reduce((sum, { difference }) => sum + Math.abs(difference), 0)
  if (wrong > 0)
    return (
      <p className={styles.alarm} role="alert">
        {t('mailLog.sums.differ', { count: wrong })}
      </p>
    )
  const count = data.received.total
  return (
    <p className={styles.sums}>
      {t('mailLog.sums.well', { count, n: new Intl.NumberFormat(i18n.language).format(count) })}
    </p>
  )
}
