import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { OpenedCustomer } from '../customers.contract.ts'
import { Title } from './Title.tsx'
import { useCustomerAct } from './useCustomerChange.ts'
import styles from './Who.module.css'

/** Who was joined into him, and the way back. */
export function JoinedIn({ customer }: { customer: OpenedCustomer }) {
  const { t } = useTranslation(['who', 'console'])
  const act = useCustomerAct(customer.id)
  if (customer.joined.length === 0) return null
  const apart = (id: string, name: string) =>
    act.mutate(
      {
        method: 'DELETE',
        path: `/joins/${id}`,
        shows: (now) => ({ joined: now.joined.filter((one) => one.id !== id) }),
      },
      {
        onSuccess: () =>
          say(t('apartDone', { name }), {
            act: {
              label: t('console:undo'),
              run: () => act.mutate({ method: 'POST', path: '/joins', body: { customer: id } }),
            },
          }),
      },
    )
  return (
    <section>
      <Title>{t('joined')}</Title>
      <ul className={styles.lines}>
        {customer.joined.map((one) => {
          const name = one.name ?? t('console:unknownCustomer')
          return (
            <li key={one.id} className={styles.joined}>
              <span>
                {name}{' '}
                <span className={styles.faint}>
                  · {one.by?.name ?? t('joinedProved')} · <Time at={one.at} />
                </span>
              </span>
              <Button size="small" look="quiet" busy={act.isPending} onClick={() => apart(one.id, name)}>
                {t('takeApart')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
