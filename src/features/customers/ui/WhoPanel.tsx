import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CopyText } from '#console/kit/CopyText.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { OpenedCustomer } from '../customers.contract.ts'
import { Conversations } from './Conversations.tsx'
import { customerQuery } from './customer-queries.ts'
import { Facts } from './Facts.tsx'
import { Head } from './Head.tsx'
import { Identities } from './Identities.tsx'
import { JoinedIn } from './JoinedIn.tsx'
import { Likenesses } from './Likenesses.tsx'
import { Notes } from './Notes.tsx'
import { Title } from './Title.tsx'
import { useCustomerChange } from './useCustomerChange.ts'
import styles from './Who.module.css'

/** The person on the other side: who, how to reach them, what colleagues know, and what else they asked. */
export function WhoPanel({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['console', 'who'])
  const { id } = conversation.customer
  const { data: customer, error, isError, refetch } = useQuery(customerQuery(id ?? ''))
  if (!id) return <p className={styles.who}>{t('unknownCustomer')}</p>
  if (isError && !customer) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!customer) return <Skeleton lines={5} />
  return (
    <div className={styles.who}>
      <Parts key={customer.id} customer={customer} />
      <Participants conversation={conversation} />
      <Conversations customer={customer.id} except={conversation.number} />
    </div>
  )
}

/** What is known of a customer, one part under the other; shared by the panel and his page. */
export function Parts({ customer, heading = 'h2' }: { customer: OpenedCustomer; heading?: 'h1' | 'h2' }) {
  const change = useCustomerChange(customer)
  return (
    <>
      <Head customer={customer} change={change} heading={heading} />
      <Likenesses customer={customer} />
      <Identities customer={customer} />
      <Facts customer={customer} change={change} />
      <Notes customer={customer} />
      <JoinedIn customer={customer} />
    </>
  )
}

function Participants({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  const confirmed = conversation.participants.filter((person) => person.confirmed)
  if (confirmed.length === 0) return null
  return (
    <section>
      <Title>{t('participants')}</Title>
      <ul className={styles.lines}>
        {confirmed.map((person) => (
          <li key={person.id ?? person.address} className={styles.participant}>
            {person.name && <span>{person.name}</span>}
            {person.address && <CopyText value={person.address} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
