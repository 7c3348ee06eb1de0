import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { inboxesQuery } from '#console/api/directory.ts'
import { queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input, Textarea } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { CustomerField } from '#features/customers/ui/CustomerField.tsx'
import { type CustomerChoice, customerOf } from '#features/customers/ui/customerOf.ts'
import type { Conversation, NewConversation } from '../conversations.contract.ts'
import styles from './NewConversationForm.module.css'

/** How it began: we write a mail, the customer called, or we called. */
const ways = ['mailOut', 'phoneIn', 'phoneOut'] as const
type Way = (typeof ways)[number]

export function NewConversationForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('console')
  const navigate = useNavigate()
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const [inbox, setInbox] = useState<string | null>(null)
  const [way, setWay] = useState<Way>('mailOut')
  const [customer, setCustomer] = useState<CustomerChoice>({ id: null, typed: '' })
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const attempt = useRef({ body: '', key: '' })
  const chosenInbox = inbox ?? inboxes[0]?.id ?? null
  const problem = error instanceof ApiError ? error : null

  async function start() {
    if (!chosenInbox || busy) return
    const body: NewConversation = {
      inbox: chosenInbox,
      customer: customerOf(customer),
      subject: subject.trim(),
      message: { text: text.trim() },
      direction: way === 'phoneIn' ? 'in' : 'out',
      medium: way === 'mailOut' ? 'mail' : 'phone',
      assignee: 'me',
    }
    const written = JSON.stringify(body)
    if (attempt.current.body !== written) attempt.current = { body: written, key: newKey() }
    setBusy(true)
    setError(null)
    try {
      const made = await post<Conversation>('/conversations', body, { idempotencyKey: attempt.current.key })
      void queryClient.invalidateQueries({ queryKey: ['list'] })
      onClose()
      void navigate({ to: '/conversations/$number', params: { number: String(made.number) } })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('newConversationTitle')} wide>
      <Form onSubmit={() => void start()}>
        {error !== null && !(problem && problem.errors.length > 0) && (
          <p className={styles.error} role="alert">
            {reasonOf(error)}
          </p>
        )}
        <div className={styles.pair}>
          <Field label={t('how')}>
            <Select
              value={way}
              onChange={setWay}
              options={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
            />
          </Field>
          <Field label={t('inbox')} error={problem?.field('inbox')}>
            <Select
              value={chosenInbox}
              onChange={setInbox}
              options={inboxes.map((each) => ({ value: each.id, label: each.name }))}
            />
          </Field>
        </div>
        <CustomerField
          value={customer}
          onChange={setCustomer}
          byPhone={way !== 'mailOut'}
          error={
            problem?.field('customer') ??
            problem?.field('customer.address') ??
            problem?.field('customer.phone')
          }
        />
        <Field label={t('subject')} error={problem?.field('subject')}>
          <Input value={subject} onChange={setSubject} maxLength={500} autoComplete="off" />
        </Field>
        <Field
          label={way === 'mailOut' ? t('message') : t('whatWasSaid')}
          error={problem?.field('message.text')}
        >
          <Textarea value={text} onChange={setText} rows={7} />
        </Field>
        <div className={styles.foot}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            look="main"
            busy={busy}
            disabled={
              !chosenInbox || subject.trim() === '' || text.trim() === '' || customer.typed.trim() === ''
            }
          >
            {way === 'mailOut' ? t('send.start') : t('save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
