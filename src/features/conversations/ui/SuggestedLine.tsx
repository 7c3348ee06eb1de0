import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { get, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation, MergeSuggestion } from '../conversations.contract.ts'
import { mergeAll } from './mergeActs.ts'
import styles from './NewPeople.module.css'

/** Another conversation of this customer that may be the same matter, with the reason: merged by one button, or not. */
export function SuggestedLine({ conversation: { number } }: { conversation: Conversation }) {
  const { t } = useTranslation(['merging', 'console'])
  const [busy, setBusy] = useState(false)
  const queryKey = [...keys.conversation(number), 'suggestions']
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await get<{ items: MergeSuggestion[] }>(`/conversations/${number}/merge/suggestions`, { signal }))
        .items,
    retry: false,
    staleTime: 5 * 60_000,
  })
  const found = data?.[0]
  if (!found) return null
  const merge = async () => {
    setBusy(true)
    // The older one goes on: its number is the one that is known outside.
    const [older, newer] = [Math.min(number, found.number), Math.max(number, found.number)]
    await mergeAll([newer], older)
    setBusy(false)
  }
  const apart = async () => {
    queryClient.setQueryData<MergeSuggestion[]>(queryKey, (old) => old?.slice(1))
    try {
      await put(`/conversations/${number}/merge/distinctions/${found.number}`)
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
      void queryClient.invalidateQueries({ queryKey })
    }
  }
  return (
    <div className={styles.person}>
      <p className={styles.words} role="status">
        {t('looksLike')}{' '}
        <Link to="/conversations/$number" params={{ number: String(found.number) }}>
          {t('console:numberOf', { number: found.number })} <bdi>{found.subject}</bdi>
        </Link>{' '}
        ({t(`because.${found.reason}`, { what: found.what })}, <Time at={found.createdAt} />)
      </p>
      <div className={styles.acts}>
        <Button size="small" busy={busy} onClick={() => void merge()}>
          {t('act')}
        </Button>
        <Button size="small" look="quiet" onClick={() => void apart()}>
          {t('notSame')}
        </Button>
      </div>
    </div>
  )
}
