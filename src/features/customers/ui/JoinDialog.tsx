import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { queryClient } from '#console/api/query.ts'
import { del, get, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Customer, JoinPreview } from '../customers.contract.ts'
import { CustomerField } from './CustomerField.tsx'
import type { CustomerChoice } from './customerOf.ts'
import styles from './JoinDialog.module.css'

/** Two customers who are one: found, looked at as one, and joined. Which of them stays can be swapped. */
export function JoinDialog({
  customer,
  other,
  onClose,
}: {
  customer: Customer
  other?: Customer
  onClose: () => void
}) {
  const { t } = useTranslation(['who', 'console'])
  const navigate = useNavigate()
  const [choice, setChoice] = useState<CustomerChoice>({
    id: other?.id ?? null,
    typed: other ? nameOf(other) : '',
  })
  const [swapped, setSwapped] = useState(false)
  const [busy, setBusy] = useState(false)
  const second = choice.id === customer.id ? null : choice.id
  const [survivor, joined] = swapped && second ? [second, customer.id] : [customer.id, second]
  const preview = useQuery({
    queryKey: ['customer', survivor, 'join', joined],
    queryFn: ({ signal }) => get<JoinPreview>(`/customers/${survivor}/joins/${joined}/preview`, { signal }),
    enabled: joined !== null,
    placeholderData: (before) => (joined === null ? undefined : before),
  })
  const refresh = () => {
    for (const key of ['customer', 'customers', 'conversation', 'list', 'list-of-customer', 'likenesses'])
      void queryClient.invalidateQueries({ queryKey: [key] })
  }
  const join = async () => {
    if (!joined || busy) return
    setBusy(true)
    try {
      await post(`/customers/${survivor}/joins`, { customer: joined })
      onClose()
      refresh()
      say(t('joinDone', { name: preview.data ? nameOf(preview.data.result) : '' }), {
        act: {
          label: t('console:undo'),
          run: () =>
            void del(`/customers/${survivor}/joins/${joined}`).then(refresh, (error) =>
              say(reasonOf(error), { tone: 'broken' }),
            ),
        },
      })
      if (location.pathname.startsWith('/customers/') && survivor !== customer.id)
        void navigate({ to: '/customers/$id', params: { id: survivor } })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('joinTitle', { name: nameOf(customer) })}
      words={t('joinWords')}
      wide
      foot={
        <>
          <Button onClick={onClose}>{t('console:cancel')}</Button>
          <Button
            look="main"
            busy={busy}
            disabled={!preview.data || joined === null}
            onClick={() => void join()}
          >
            {t('joinNow')}
          </Button>
        </>
      }
    >
      {!other && <CustomerField value={choice} onChange={setChoice} byPhone label={t('joinWhom')} known />}
      {choice.id === customer.id && <p className={styles.words}>{t('joinSame')}</p>}
      {joined !== null && preview.isPending && <Skeleton lines={4} />}
      {preview.isError && joined !== null && (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {joined !== null && preview.data && (
        <Preview preview={preview.data} onSwap={() => setSwapped((now) => !now)} />
      )}
    </Dialog>
  )
}

const nameOf = (customer: Customer) =>
  customer.name ?? customer.address ?? customer.identities[0]?.value ?? '?'

function Preview({ preview, onSwap }: { preview: JoinPreview; onSwap: () => void }) {
  const { t } = useTranslation(['who', 'console'])
  const { survivor, joined, result, filled, conversations, notes } = preview
  const taken = filled.map((field) => (field.startsWith('fields.') ? field.slice(7) : t(field)))
  return (
    <section className={styles.preview} aria-label={t('joinPreview')}>
      <p className={styles.line}>
        {t('joinStays', { survivor: nameOf(survivor), joined: nameOf(joined) })}
        <Button size="small" look="quiet" onClick={onSwap}>
          {t('swap')}
        </Button>
      </p>
      <div className={styles.card}>
        <p className={styles.name}>
          {nameOf(result)} {result.vip && <Badge tone="accent">{t('console:vip')}</Badge>}
        </p>
        {result.company && <p className={styles.words}>{result.company.name}</p>}
        {result.hint && <p className={styles.words}>{result.hint}</p>}
        <ul className={styles.words}>
          {result.identities.map((identity) => (
            <li key={identity.id}>{identity.value}</li>
          ))}
        </ul>
      </div>
      <ul className={styles.words}>
        <li>{t('joinConversations', { count: conversations })}</li>
        {notes > 0 && <li>{t('joinNotes', { count: notes })}</li>}
        {taken.length > 0 && <li>{t('joinTakes', { fields: taken.join(', ') })}</li>}
        <li>{t('joinUndo')}</li>
      </ul>
    </section>
  )
}
