import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { carryOver } from '#features/drafts/ui/draftStore.ts'
import { conversationQuery } from './queries.ts'

/** It goes on elsewhere: there we go, with what was being written. */
export function MergedAway({ number, into }: { number: number; into: number }) {
  const { t } = useTranslation('merging')
  const navigate = useNavigate()
  const next = useQuery(conversationQuery(into))
  const there = next.isSuccess
  useEffect(() => {
    if (!there) return
    void Promise.all([carryOver(number, into, 'draft'), carryOver(number, into, 'comment-draft')])
    void navigate({
      to: '.',
      params: (known: object) => ({ ...known, number: String(into) }),
      search: (known: object) => known,
      replace: true,
    } as never)
  }, [there, number, into, navigate])
  if (next.isError)
    return (
      <>
        <p role="status">{t('away', { number, into })}</p>
        <ErrorState error={next.error} onRetry={() => void next.refetch()} />
      </>
    )
  return <Skeleton lines={6} />
}
