import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import styles from './Hint.module.css'

/** What everybody should know before he answers this customer, above the conversation. */
export function Hint({ customer }: { customer: Conversation['customer'] }) {
  const { t } = useTranslation('console')
  if (!customer.hint) return null
  return (
    <p className={styles.hint}>
      <Icon name="pin" aria-hidden="false" role="img" aria-label={t('customer')} />
      <span>{customer.hint}</span>
    </p>
  )
}
