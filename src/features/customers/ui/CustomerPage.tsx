import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import { Conversations } from './Conversations.tsx'
import styles from './CustomerPage.module.css'
import { customerQuery } from './customer-queries.ts'
import { PersonActs } from './PersonActs.tsx'
import { TitleLevel } from './Title.tsx'
import { Parts } from './WhoPanel.tsx'

/** One customer on a page of his own; whoever was joined into another leads there. */
export function CustomerPage() {
  const { t } = useTranslation('who')
  const { role } = useMe()
  const navigate = useNavigate()
  const { id } = useParams({ from: '/desk/customers/$id' })
  const { data: customer, isError, error, refetch } = useQuery(customerQuery(id))
  useEffect(() => {
    if (customer && customer.id !== id)
      void navigate({ to: '/customers/$id', params: { id: customer.id }, replace: true })
  }, [customer, id, navigate])
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <MenuButton />
        <Link to="/customers">{t('customers')}</Link>
      </div>
      {isError && !customer && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!customer && <h1 className={styles.unseen}>{t('customers')}</h1>}
      {!customer && !isError && <Skeleton lines={6} />}
      {customer && (
        <TitleLevel value="h2">
          <div className={styles.columns}>
            <div className={styles.parts}>
              <Parts key={customer.id} customer={customer} heading="h1" />
              {role === 'admin' && <PersonActs key={customer.id} id={customer.id} />}
            </div>
            <div className={styles.conversations}>
              <Conversations customer={customer.id} />
            </div>
          </div>
        </TitleLevel>
      )}
    </div>
  )
}
