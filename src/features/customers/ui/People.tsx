import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import type { Customer } from '../customers.contract.ts'
import styles from './People.module.css'

/** Customers found by a name, an address or a number, above the conversations that hold the words. */
export function People({ customers }: { customers: Customer[] }) {
  const { t } = useTranslation('console')
  if (customers.length === 0) return null
  return (
    <ul className={styles.people} aria-label={t('customers')}>
      {customers.map((customer) => (
        <li key={customer.id}>
          <Person customer={customer} />
        </li>
      ))}
    </ul>
  )
}

/** One line about a customer that leads to his page. */
export function Person({ customer }: { customer: Customer }) {
  const { t } = useTranslation('console')
  const reach = customer.identities.map(({ value }) => value)
  const name = customer.name ?? reach[0] ?? t('unknownCustomer')
  const about = [customer.company?.name, ...reach.slice(customer.name ? 0 : 1, 3)].filter(Boolean).join(' · ')
  return (
    <Link to="/customers/$id" params={{ id: customer.id }} className={styles.row}>
      <Avatar name={name} size={32} />
      <span className={styles.words}>
        <span className={styles.name}>
          <span className={styles.cut}>{name}</span> {customer.vip && <Badge tone="accent">{t('vip')}</Badge>}
        </span>
        <span className={styles.about}>{about}</span>
      </span>
    </Link>
  )
}
