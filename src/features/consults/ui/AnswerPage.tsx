import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { codeOf, reasonOf } from '#console/api/ApiError.ts'
import { queryClient } from '#console/api/query.ts'
import { get, post } from '#console/api/request.ts'
import { Entry } from '#console/entry/Entry.tsx'
import { Button } from '#console/kit/Button.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Textarea } from '#console/kit/Input.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Time } from '#console/kit/Time.tsx'
import { fullTime } from '#console/time.ts'
import type { AskedPage } from '../consults.contract.ts'
import styles from './AnswerPage.module.css'

/** Where the link in a mail leads that asks somebody: he reads and answers, signed in nowhere. */
export function AnswerPage() {
  const { t, i18n } = useTranslation('asked')
  const { token } = useParams({ from: '/answers/$token' })
  const path = `/answers/${encodeURIComponent(token)}`
  const key = ['asked', token]
  const page = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<AskedPage>(path, { signal, signedOutIsFine: true, fresh: true }),
    retry: false,
  })
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function answer() {
    if (busy || text.trim() === '') return
    setBusy(true)
    setError(null)
    try {
      queryClient.setQueryData(key, await post<AskedPage>(path, { text }, { signedOutIsFine: true }))
      setText('')
    } catch (problem) {
      setError(codeOf(problem) === 'changed_since' ? t('withdrawn') : reasonOf(problem))
    } finally {
      setBusy(false)
    }
  }

  if (page.isPending)
    return (
      <Entry title={t('title')}>
        <Skeleton lines={4} />
      </Entry>
    )
  if (page.isError && codeOf(page.error) === 'not_found')
    return <Entry title={t('goneTitle')} words={t('goneWords')} />
  if (page.isError)
    return (
      <Entry title={t('title')}>
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      </Entry>
    )
  const { asker, subject, question, thread, answers, state, answerBy } = page.data
  return (
    <Entry title={t('asks', { name: asker })} words={<bdi>{subject}</bdi>}>
      <div className={styles.page}>
        <p className={styles.question} dir="auto">
          {question}
        </p>
        {thread && (
          <details className={styles.thread}>
            <summary>{t('thread')}</summary>
            <pre dir="auto">{thread}</pre>
          </details>
        )}
        {answers.map((one) => (
          <div key={one.at} className={styles.answer}>
            <p className={styles.when}>
              {t('youAnswered')} <Time at={one.at} />
            </p>
            <p dir="auto">{one.text}</p>
          </div>
        ))}
        {state === 'withdrawn' ? (
          <p className={styles.note}>{t('withdrawn')}</p>
        ) : (
          <Form onSubmit={() => void answer()}>
            <Field
              label={t(answers.length > 0 ? 'oneMore' : 'yourAnswer')}
              hint={
                state === 'open'
                  ? t('hint', { time: fullTime(answerBy, i18n.language) })
                  : t(answers.length > 0 ? 'thanks' : 'answeredByOther')
              }
              error={error}
            >
              <Textarea value={text} onChange={setText} rows={6} />
            </Field>
            <Button type="submit" look="main" wide busy={busy} disabled={text.trim() === ''}>
              {t('send')}
            </Button>
          </Form>
        )}
      </div>
    </Entry>
  )
}
