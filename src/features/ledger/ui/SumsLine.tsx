import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { LedgerSums } from '../ledger.contract.ts'
import styles from './MailLog.module.css'

/** What came in and what went out with what became of it, added up: quiet lines, or the alarm. For administrators. */
export function SumsLine() {
  const { t } = useTranslation(['settings', 'ledger'])
  const { data } = useQuery({
    queryKey: keys.mailLog({ sums: true }),
    queryFn: ({ signal }) => get<LedgerSums>('/ledger', { signal }),
  })
  if (!data) return null
  const wrong = Object.values(data).some(({ difference }) => difference !== 0)
  return (
    <div className={wrong ? styles.alarm : styles.sums} role={wrong ? 'alert' : undefined}>
      <Side side="received" sums={data.received} />
      <Side side="outgoing" sums={data.outgoing} />
      <p>{t(wrong ? 'ledger:todo' : 'mailLog.sums.agrees')}</p>
    </div>
  )
}

/** `Received 12 = 7 began a conversation + 5 joined one`, and what is missing. */
function Side({ side, sums }: { side: 'received' | 'outgoing'; sums: Record<string, number> }) {
  const { t, i18n } = useTranslation(['settings', 'ledger'])
  const { total = 0, difference = 0, ...parts } = sums
  const number = (n: number) => new Intl.NumberFormat(i18n.language).format(n)
  const words = Object.entries(parts)
    .filter(([, n]) => n !== 0)
    .map(([what, n]) => t(`ledger:part.${what}`, { count: n, n: number(n) }))
  if (difference > 0) words.push(t('mailLog.sums.missing', { n: number(difference) }))
  if (difference < 0) words.push(t('mailLog.sums.surplus', { n: number(-difference) }))
  if (words.length === 0) words.push('0')
  return <p>{t(`mailLog.sums.${side}`, { total: number(total), parts: words.join(' + ') })}</p>
}
