import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { Icon, type IconName } from '#console/kit/Icon.tsx'
import { Time } from '#console/kit/Time.tsx'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import { statusWords } from '#features/conversations/ui/statusWords.ts'
import { conversationsOfQuery } from './customer-queries.ts'
import { Title } from './Title.tsx'
import styles from './Who.module.css'

/** Everything he asked, on all channels, the latest first; what one may not see is only counted. */
export function Conversations({ customer, except }: { customer: string; except?: number }) {
  const { t } = useTranslation(['who', 'console'])
  const found = useInfiniteQuery(conversationsOfQuery(customer))
  const pages = found.data?.pages ?? []
  const others = pages.flatMap((page) => page.items).filter((each) => each.number !== except)
  const hidden = pages[0]?.hidden ?? 0
  if (found.data && others.length === 0 && hidden === 0 && except !== undefined) return null
  return (
    <section>
      <Title>{except === undefined ? t('conversations') : t('otherConversations')}</Title>
      {found.data && others.length === 0 && hidden === 0 && (
        <p className={styles.soft}>{t('noConversations')}</p>
      )}
      <ul className={styles.others}>
        {others.map((each) => (
          <li key={each.number}>
            <Other conversation={each} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className={styles.soft}>{t('hidden', { count: hidden })}</p>}
      {found.hasNextPage && (
        <Button
          size="small"
          look="quiet"
          busy={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('console:showMore')}
        </Button>
      )}
    </section>
  )
}

function Other({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  const { number, subject, status, holder, inbox } = conversation
  const words = statusWords(status, t)
  const holds = holder && holder.kind !== 'customer' && holder.name
  const icon: IconName = conversation.unread ? 'mail' : 'inbox'
  return (
    <Link to="/conversations/$number" params={{ number: String(number) }} className={styles.other}>
      <Icon name={icon} />
      <span className={styles.otherWords}>
        <span className={styles.subject}>{subject || t('noSubject')}</span>
        <span className={styles.soft}>
          {[words, holds, inbox.name !== holds && inbox.name].filter(Boolean).join(' · ')} ·{' '}
          <Time at={conversation.updatedAt} />
        </span>
      </span>
    </Link>
  )
}
