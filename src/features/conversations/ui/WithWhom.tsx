import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import { Lasting, Time } from '#console/kit/Time.tsx'
import type { Conversation, OpenedConversation } from '../conversations.contract.ts'
import styles from './WithWhom.module.css'

/** Who is asked just now: whoever opens it sees it first, the more so when the customer has written meanwhile. */
export function WithWhom({ conversation }: { conversation: Conversation | OpenedConversation }) {
  const { t } = useTranslation('asked')
  const { consults } = conversation
  const items = 'items' in conversation ? conversation.items : []
  const first = consults[0]
  if (!first) return null
  const wrote = items.some(
    (item) =>
      item.type === 'message' && item.direction === 'in' && !item.automatic && item.at > first.askedAt,
  )
  return (
    <div className={styles.line} role="status">
      <Icon name="clock" size={14} />
      <p>
        {consults.toReversed().map((consult, n) => (
          <span key={consult.id}>
            {n > 0 && <br />}
            {t('with', { name: consult.to.name })} <Lasting since={consult.askedAt} />
            {', '}
            {t('askedBy', { name: consult.askedBy.name })}
            {', '}
            {t('answerBy')} <Time at={consult.answerBy} />
            {consult.nudges > 0 && <> · {t('nudged', { count: consult.nudges })}</>}
          </span>
        ))}
        {wrote && <strong className={styles.wrote}> {t('customerWrote')}</strong>}
      </p>
    </div>
  )
}
