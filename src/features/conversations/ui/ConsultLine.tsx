import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Lasting, Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Comment, Consult } from '../conversations.contract.ts'
import styles from './ConsultLine.module.css'

/** One who is asked: how long already, by when, how often he was reminded; and the way to ask no more. */
export function ConsultLine({ consult, number }: { consult: Consult; number: number }) {
  const { t } = useTranslation('asked')
  const withdraw = useMutation({
    mutationFn: () => del(`/consults/${consult.id}`),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  })
  const { state, to, nudges, failed, endedAt } = consult
  return (
    <div className={styles.line} data-state={state}>
      <p className={styles.words}>
        <strong>
          <bdi>{to.name}</bdi>
        </strong>{' '}
        {state === 'open' ? (
          <>
            · <Lasting since={consult.askedAt} /> · {t('answerBy')} <Time at={consult.answerBy} />
          </>
        ) : (
          <>
            · {t(state === 'answered' ? 'answeredAt' : 'withdrawnAt')}{' '}
            <Time at={endedAt ?? consult.askedAt} />
          </>
        )}
        {nudges > 0 && <> · {t('nudged', { count: nudges })}</>}
        {failed && <span className={styles.failed}> · {t('notReached', { reason: failed })}</span>}
      </p>
      {state === 'open' && (
        <Button look="quiet" size="small" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('withdraw')}
        </Button>
      )}
    </div>
  )
}

/** How an answer came, where that says something: from whom it was not asked, or unproven. */
export function HowAnswered({
  comment: { id, answers, author },
  number,
}: {
  comment: Comment
  number: number
}) {
  const { t } = useTranslation('asked')
  const approve = useMutation({
    mutationFn: () => put(`/comments/${id}/approval`),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  })
  if (!answers) return null
  const words = [
    author.address === author.name ? null : author.address,
    answers.byMail ? null : t('inBrowser'),
    answers.invited === false ? t('notInvited') : null,
    answers.verified === false ? t('notProven') : null,
  ].filter(Boolean)
  if (words.length === 0) return null
  return (
    <p className={styles.how} data-odd={answers.invited === false || answers.verified === false || undefined}>
      {words.join(' · ')}
      {answers.invited === false && (
        <>
          {' '}
          <Button size="small" look="quiet" busy={approve.isPending} onClick={() => approve.mutate()}>
            {t('approve', { name: author.name ?? author.address })}
          </Button>
        </>
      )}
    </p>
  )
}
