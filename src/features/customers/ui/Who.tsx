import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { BareButton } from '#console/kit/Button.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import { statusWords } from '#features/conversations/ui/statusWords.ts'
import type { Customer, OpenedCustomer } from '../customers.contract.ts'
import styles from './Who.module.css'

/** The person on the other side: who, how to reach them, and what else they asked. A click copies. */
export function Who({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  const { id } = conversation.customer
  const { data: customer } = useQuery({
    queryKey: keys.customer(id ?? ''),
    queryFn: ({ signal }) => get<OpenedCustomer>(`/customers/${id}`, { signal }),
    enabled: id !== null,
  })
  const name =
    customer?.name ?? conversation.customer.name ?? conversation.customer.address ?? t('unknownCustomer')
  const identities =
    customer?.identities ??
    (conversation.customer.address
      ? [{ id: '0', kind: 'mail', value: conversation.customer.address, verified: false }]
      : [])
  return (
    <div className={styles.who}>
      <div className={styles.head}>
        <Avatar name={name} size={40} />
        <div className={styles.names}>
          <h2 className={styles.name}>{name}</h2>
          {customer?.company && <p className={styles.soft}>{customer.company.name}</p>}
        </div>
        {customer?.vip && <Badge tone="accent">{t('vip')}</Badge>}
      </div>
      {customer?.hint && <p className={styles.hint}>{customer.hint}</p>}
      <ul className={styles.identities} aria-label={t('identities')}>
        {identities.map((identity) => (
          <li key={identity.id}>
            <Copied value={identity.value} />
          </li>
        ))}
      </ul>
      <Facts customer={customer} />
      <Participants conversation={conversation} />
      {id && <Others customer={id} number={conversation.number} />}
      {customer && customer.notes.length > 0 && (
        <section>
          <h3 className={styles.title}>{t('customerNotes')}</h3>
          {customer.notes.map((note) => (
            <p key={note.id} className={styles.soft}>
              {note.text}
            </p>
          ))}
        </section>
      )}
    </div>
  )
}

function Copied({ value }: { value: string }) {
  const { t } = useTranslation('console')
  return (
    <BareButton
      className={styles.copy}
      title={t('copy')}
      onClick={() => void navigator.clipboard?.writeText(value).then(() => say(t('copied', { value })))}
    >
      {value}
    </BareButton>
  )
}

function Facts({ customer }: { customer: Customer | undefined }) {
  const { t, i18n } = useTranslation('console')
  if (!customer?.timeZone && !customer?.language) return null
  return (
    <p className={styles.soft}>
      {[
        customer.language && nameOf(customer.language, i18n.language),
        customer.timeZone && t('theirTime', { time: timeThere(customer.timeZone, i18n.language) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

function nameOf(language: string, reader: string): string {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
function timeThere(timeZone: string, reader: string): string {
  try {
    return new Intl.DateTimeFormat(reader, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }).format()
  } catch {
    return timeZone
  }
}

function Participants({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  const confirmed = conversation.participants.filter((person) => person.confirmed)
  if (confirmed.length === 0) return null
  return (
    <section>
      <h3 className={styles.title}>{t('participants')}</h3>
      <ul>
        {confirmed.map((person) => (
          <li key={person.id ?? person.address} className={styles.participant}>
            {person.name && <span>{person.name}</span>}
            {person.address && <Copied value={person.address} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Others({ customer, number }: { customer: string; number: number }) {
  const { t } = useTranslation('console')
  const { data } = useQuery({
    queryKey: keys.ofCustomer(customer),
    queryFn: ({ signal }) =>
      get<{ items: Conversation[] }>('/conversations', {
        query: { customer, sort: 'newest', limit: 8 },
        signal,
      }),
  })
  const others = data?.items.filter((each) => each.number !== number) ?? []
  if (others.length === 0) return null
  return (
    <section>
      <h3 className={styles.title}>{t('otherConversations')}</h3>
      <ul className={styles.others}>
        {others.map((each) => (
          <li key={each.number}>
            <Link
              to="/conversations/$number"
              params={{ number: String(each.number) }}
              className={styles.other}
            >
              <span className={styles.subject}>{each.subject || t('noSubject')}</span>
              <span className={styles.soft}>
                {statusWords(each.status, t)} · <Time at={each.updatedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
