import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { get, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Switch } from '#console/kit/Checkbox.tsx'
import { Form } from '#console/kit/Field.tsx'
import { Page } from '#console/kit/List.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { say } from '#console/kit/Toast.tsx'
import { useRemoval } from '#console/settings/useRemoval.tsx'
import type { SpamLearning } from '../spam.contract.ts'

const queryKey = ['spam-learning'] as const

/** What was learned of spam here, whether new mail is judged by it, and the way to begin anew. */
export function SpamPage() {
  const { t } = useTranslation(['desk', 'console', 'settings'])
  const me = useMe()
  const client = useQueryClient()
  const removal = useRemoval()
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<SpamLearning>('/spam-learning', { signal }),
    staleTime: 0,
  })
  const save = useMutation({
    mutationFn: (on: boolean) => put<SpamLearning>('/spam-learning', { on }),
    onMutate: (on) => client.setQueryData<SpamLearning>(queryKey, (old) => old && { ...old, on }),
    onSuccess: () => say(t('settings:saved')),
    onError: (error) => {
      say(reasonOf(error), { tone: 'broken' })
      void client.invalidateQueries({ queryKey })
    },
  })
  const learned = query.data
  const admin = me.role === 'admin'
  return (
    <Page
      title={t('console:settings.spam')}
      words={
        <>
          {t('spam.words')}{' '}
          <Link to="/views/$view" params={{ view: 'spam' }}>
            {t('spam.open')}
          </Link>
        </>
      }
    >
      {learned ? (
        <Form onSubmit={() => {}} label={t('console:settings.spam')}>
          <Switch
            label={t('spam.on')}
            hint={t('spam.onHint')}
            checked={learned.on}
            disabled={!admin}
            onChange={(on) => save.mutate(on)}
          />
          <p>{progress(learned)}</p>
          {admin && learned.spam + learned.other > 0 && (
            <div>
              <Button
                onClick={() =>
                  removal.ask({
                    path: '/spam-learning',
                    title: t('spam.forgetTitle'),
                    words: t('spam.forgetWords'),
                    act: t('spam.forget'),
                    done: () => client.invalidateQueries({ queryKey }),
                  })
                }
              >
                {t('spam.forget')}
              </Button>
            </div>
          )}
        </Form>
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={3} row={40} />
      )}
      {removal.dialog}
    </Page>
  )

  function progress({ spam, other, fewest }: SpamLearning) {
    const learnedWords = `${t('spam.learnedSpam', { count: spam })} ${t('spam.learnedOther', { count: other })}`
    return Math.min(spam, other) < fewest
      ? `${learnedWords} ${t('spam.tooFew', { count: fewest })}`
      : learnedWords
  }
}
