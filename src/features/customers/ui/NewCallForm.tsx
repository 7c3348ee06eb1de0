import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { agentsQuery, inboxesQuery, tagsQuery, teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { MultiCombobox } from '#console/kit/Combobox.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input, Textarea } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import { CustomerField } from './CustomerField.tsx'
import { callBody, emptyCall, isStarted, readMinutes, secondsOf } from './call.ts'
import { customerQuery } from './customer-queries.ts'
import { customerOf } from './customerOf.ts'
import styles from './NewCallForm.module.css'
import { calledOne } from './startCall.ts'
import { useKept } from './useKept.ts'

/** A call noted down while one talks: who, what about, and a summary he confirms by mail. Survives a reload. */
export function NewCallForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['who', 'console'])
  const navigate = useNavigate()
  const me = useMe()
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const [kept, keep] = useKept('call', emptyCall)
  const [call, setCall] = useState(() => {
    const whom = calledOne()
    const choice = whom && { id: whom.id, typed: whom.name ?? whom.identities[0]?.value ?? '' }
    const began = isStarted(kept) ? kept : { ...emptyCall, beganAt: Date.now() }
    return choice ? { ...began, customer: choice } : began
  })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const attempt = useRef({ body: '', key: '' })
  const problem = error instanceof ApiError ? error : null
  const change = (part: Partial<typeof call>) => {
    const next = { ...call, ...part }
    setCall(next)
    keep(next)
  }
  const inbox = inboxes.find((each) => each.id === call.inbox) ?? inboxes[0]
  const { data: known } = useQuery(customerQuery(call.customer.id ?? ''))
  const typed = customerOf(call.customer)
  const address = call.address.trim() || known?.address || typed.address || null
  const minutes = call.minutes ?? null

  async function save(close: boolean) {
    if (!inbox || busy) return
    const body = callBody(call, { inbox: inbox.id, me: me.id, address, close, now: Date.now() })
    const written = JSON.stringify({ ...body, call: { ...body.call, seconds: 0 } })
    if (attempt.current.body !== written) attempt.current = { body: written, key: newKey() }
    setBusy(true)
    setError(null)
    try {
      const made = await post<Conversation>('/conversations', body, { idempotencyKey: attempt.current.key })
      keep(null)
      for (const key of ['list', 'views', 'customers', 'list-of-customer'])
        void queryClient.invalidateQueries({ queryKey: [key] })
      onClose()
      say(body.call?.summary ? t('callSavedSummary') : t('callSaved'))
      void navigate({ to: '/conversations/$number', params: { number: String(made.number) } })
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  const ready =
    inbox && call.subject.trim() !== '' && call.text.trim() !== '' && call.customer.typed.trim() !== ''
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('newCall')}
      words={t('newCallWords')}
      wide
    >
      <Form onSubmit={() => void save(false)}>
        {error !== null && (
          <p className={styles.error} role="alert">
            {reasonOf(error)}
          </p>
        )}
        <CustomerField
          value={call.customer}
          onChange={(customer) => change({ customer })}
          byPhone
          label={t('who')}
          error={
            problem?.field('customer') ??
            problem?.field('customer.phone') ??
            problem?.field('customer.address') ??
            null
          }
        />
        <div className={styles.pair}>
          <Field label={t('direction')}>
            <Select
              value={call.direction}
              onChange={(direction) => change({ direction })}
              options={[
                { value: 'in', label: t('theyCalled') },
                { value: 'out', label: t('weCalled') },
              ]}
            />
          </Field>
          <Field label={t('minutes')} optional={t('minutesTold')}>
            <Input
              inputMode="numeric"
              value={minutes ?? ''}
              placeholder={String(Math.ceil(secondsOf(call, Date.now()) / 60))}
              onChange={(value) => change({ minutes: readMinutes(value) })}
            />
          </Field>
        </div>
        <Field label={t('console:subject')} error={problem?.field('subject')}>
          <Input
            value={call.subject}
            onChange={(subject) => change({ subject })}
            maxLength={500}
            autoComplete="off"
          />
        </Field>
        <Field label={t('said')} error={problem?.field('message.text')}>
          <Textarea value={call.text} onChange={(text) => change({ text })} rows={6} />
        </Field>
        <Where call={call} change={change} inbox={inbox?.id ?? null} />
        <Checkbox
          checked={call.summarise}
          onChange={(summarise) => change({ summarise, summary: call.summary || call.text })}
          label={t('sendSummary')}
          hint={t('sendSummaryHint')}
        />
        {call.summarise && (
          <div className={styles.summary}>
            <Field
              label={t('summaryTo')}
              error={problem?.field('call.summary') ?? problem?.field('customer.address')}
            >
              <Input
                type="email"
                value={call.address}
                placeholder={known?.address ?? typed.address ?? t('addressNeeded')}
                onChange={(value) => change({ address: value })}
                autoComplete="off"
              />
            </Field>
            <Field label={t('summary')}>
              <Textarea value={call.summary} onChange={(summary) => change({ summary })} rows={5} />
            </Field>
          </div>
        )}
        <div className={styles.foot}>
          <Button
            look="quiet"
            onClick={() => {
              keep(null)
              onClose()
            }}
          >
            {t('discardCall')}
          </Button>
          <Button busy={busy} disabled={!ready} onClick={() => void save(true)}>
            {t('saveAndClose')}
          </Button>
          <Button
            type="submit"
            look="main"
            busy={busy}
            disabled={!ready || (call.summarise && (!address || call.summary.trim() === ''))}
          >
            {call.summarise ? t('saveAndSend') : t('saveCall')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

type Call = typeof emptyCall

/** Where it belongs: inbox, responsible, team, topic, tags. */
function Where({
  call,
  change,
  inbox,
}: {
  call: Call
  change: (part: Partial<Call>) => void
  inbox: string | null
}) {
  const { t } = useTranslation(['who', 'console'])
  const me = useMe()
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: tags = [] } = useQuery(tagsQuery)
  const [fresh, setFresh] = useState<string[]>([])
  const labels = [...new Set([...tags, ...fresh, ...call.tags])]
  return (
    <div className={styles.pair}>
      <Field label={t('console:inbox')}>
        <Select
          value={inbox}
          onChange={(value) => change({ inbox: value })}
          options={inboxes.map((each) => ({ value: each.id, label: each.name }))}
        />
      </Field>
      <Field label={t('responsible')}>
        <Select
          value={call.assignee ?? me.id}
          onChange={(assignee) => change({ assignee })}
          options={[
            { value: me.id, label: t('queue:assignee.me') },
            { value: '-', label: t('console:nobody') },
            ...agents
              .filter((agent) => agent.state === 'active' && agent.id !== me.id)
              .map((agent) => ({ value: agent.id, label: agent.name })),
          ]}
        />
      </Field>
      <Field label={t('console:team')}>
        <Select
          value={call.team ?? '-'}
          onChange={(team) => change({ team: team === '-' ? null : team })}
          options={[
            { value: '-', label: t('teamOfInbox') },
            ...teams.map((team) => ({ value: team.id, label: team.name })),
          ]}
        />
      </Field>
      <Field label={t('topic')} hint={t('topicHint')}>
        <Input
          value={call.topic}
          onChange={(topic) => change({ topic })}
          maxLength={200}
          autoComplete="off"
        />
      </Field>
      <Field label={t('tags')}>
        <MultiCombobox
          placeholder={t('tags')}
          value={call.tags}
          options={labels.map((tag) => ({ id: tag, label: tag }))}
          onChange={(chosen) => change({ tags: chosen })}
          onCreate={(tag) => {
            setFresh((list) => [...list, tag])
            change({ tags: [...call.tags, tag] })
          }}
          trigger={
            <Button look="field" aria-label={`${t('tags')}: ${call.tags.join(', ') || t('nothing')}`}>
              {call.tags.join(', ') || t('queue:tag.none')}
            </Button>
          }
        />
      </Field>
    </div>
  )
}
