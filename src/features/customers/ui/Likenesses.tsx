import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Likeness, OpenedCustomer } from '../customers.contract.ts'
import { likenessesQuery } from './customer-queries.ts'
import { JoinDialog } from './JoinDialog.tsx'
import styles from './Who.module.css'

/** Who may be the same person, and why one thinks so. Nothing is joined unless somebody says so. */
export function Likenesses({ customer }: { customer: OpenedCustomer }) {
  const { data: likenesses = [] } = useQuery(likenessesQuery(customer.id))
  return likenesses.map((likeness) => (
    <Suggestion key={likeness.customer.id} likeness={likeness} customer={customer} />
  ))
}

function Suggestion({ likeness, customer }: { likeness: Likeness; customer: OpenedCustomer }) {
  const { t } = useTranslation(['who', 'console'])
  const [joining, setJoining] = useState(false)
  const { customer: other, reason, what } = likeness
  const name = other.name ?? other.address ?? what
  const path = `/customers/${customer.id}/distinctions/${other.id}`
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ['likenesses'] })
  const notSame = async () => {
    queryClient.setQueryData<Likeness[]>(keys.likenesses(customer.id), (now) =>
      now?.filter((one) => one.customer.id !== other.id),
    )
    try {
      await put(path, {})
      say(t('notSameDone', { name }), {
        act: { label: t('console:undo'), run: () => void del(path).then(refresh) },
      })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
    refresh()
  }
  return (
    <aside className={styles.likeness} aria-label={t('likeness')}>
      <p>{t('mayBe', { name })}</p>
      <p className={styles.soft}>{t(`reason.${reason}`, { what })}</p>
      <div className={styles.acts}>
        <Button size="small" onClick={() => setJoining(true)}>
          {t('lookAtJoin')}
        </Button>
        <Button size="small" look="quiet" onClick={() => void notSame()}>
          {t('notSame')}
        </Button>
      </div>
      {joining && <JoinDialog customer={customer} other={other} onClose={() => setJoining(false)} />}
    </aside>
  )
}
