import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { List, ListRow } from '#console/kit/List.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { FirstSteps as Given, StepId } from '../first-steps.contract.ts'
import styles from './FirstSteps.module.css'
import { firstStepsQuery, progressOf } from './firstSteps.ts'
import { useStep } from './useStep.ts'

/** What is left to do on a new desk: one line each, a button that does it, a tick when it is done. */
export function FirstSteps({ given, lead }: { given: Given; lead?: ReactNode }) {
  const { t } = useTranslation('start')
  const me = useMe()
  const heading = useId()
  const step = useStep(given)
  const { done, all } = progressOf(given)
  const next = given.steps.find(({ id, done }) => !done && step(id) !== null)?.id
  return (
    <section className={styles.panel} aria-labelledby={heading}>
      <header className={styles.head}>
        {lead}
        <h2 id={heading} className={styles.title}>
          {t(done === all ? 'doneTitle' : 'title')}
        </h2>
        <PutAway />
      </header>
      <p className={styles.words}>
        {done === all ? t('doneWords') : t(me.role === 'admin' ? 'words' : 'agentWords')}{' '}
        {t('progress', { done, all })}.
      </p>
      <List label={t('title')}>
        {given.steps.map(({ id, done }, index) => (
          <ListRow
            key={id}
            lead={<Mark done={done} number={index + 1} />}
            title={<span className={done ? styles.done : undefined}>{t(`step.${id}`)}</span>}
            words={done ? undefined : t(wordsOf(id, given, me.role), { address: given.inbox?.address })}
            end={!done && <Act id={id} main={id === next} act={step(id)} leaves={given.leaves} />}
          />
        ))}
      </List>
    </section>
  )
}

function wordsOf(id: StepId, { leaves }: Given, role: string): string {
  if (leaves && (id === 'test-mail' || id === 'customer-answers')) return `step.${id}Real`
  return id === 'answer' && role !== 'admin' ? 'step.answerAgentWords' : `step.${id}Words`
}

function Mark({ done, number }: { done: boolean; number: number }) {
  const { t } = useTranslation('start')
  return (
    <span
      className={styles.mark}
      data-done={done || undefined}
      role="img"
      aria-label={t(done ? 'isDone' : 'isOpen')}
    >
      {done ? <Icon name="check" /> : number}
    </span>
  )
}

interface ActProps {
  id: StepId
  main: boolean
  act: (() => unknown) | null
  leaves: boolean
}
function Act({ id, main, act, leaves }: ActProps) {
  const { t } = useTranslation('start')
  const [busy, setBusy] = useState(false)
  const waits = id === 'answer' || (id === 'customer-answers' && !leaves)
  if (!act) return waits ? <span className={styles.later}>{t(`step.${id}Wait`)}</span> : null
  const run = async () => {
    setBusy(true)
    await act()
    setBusy(false)
  }
  return (
    <Button look={main ? 'main' : 'plain'} size="small" busy={busy} onClick={() => void run()}>
      {t(`step.${id}Do`)}
    </Button>
  )
}

function PutAway() {
  const { t } = useTranslation('start')
  const client = useQueryClient()
  const putAway = async () => {
    const before = client.getQueryData(firstStepsQuery.queryKey)
    client.setQueryData(firstStepsQuery.queryKey, (known) => known && { ...known, dismissed: true })
    try {
      client.setQueryData(firstStepsQuery.queryKey, await put<Given>('/first-steps/dismissal', {}))
      say(t('putAwayWords'))
    } catch (error) {
      client.setQueryData(firstStepsQuery.queryKey, before)
      say(reasonOf(error), { tone: 'broken' })
    }
  }
  return (
    <Button look="quiet" size="small" icon="close" onClick={() => void putAway()}>
      {t('putAway')}
    </Button>
  )
}
