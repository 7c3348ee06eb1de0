import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { Draft } from '../drafts.contract.ts'

interface Row extends Draft {
  subject: string
}

/** Everything begun and not sent, and what the send guard stopped. */
export function DraftsPage() {
  const { t } = useTranslation('console')
  const drafts = useQuery({
    queryKey: keys.drafts,
    queryFn: ({ signal }) => get<{ items: Row[] }>('/drafts', { query: { limit: 100 }, signal }),
    staleTime: 0,
  })
  return (
    <Page title={t('view.drafts')} words={t('draftsWords')} lead={<MenuButton />}>
      {drafts.isPending && <Skeleton lines={4} row={40} />}
      {drafts.isError && <ErrorState error={drafts.error} onRetry={() => void drafts.refetch()} />}
      {drafts.data?.items.length === 0 && (
        <EmptyState icon="comment" title={t('draftsEmpty')} words={t('draftsEmptyWords')} />
      )}
      <List label={t('view.drafts')}>
        {drafts.data?.items.map((draft) => (
          <ListRow
            key={draft.conversation}
            title={
              <Link to="/conversations/$number" params={{ number: String(draft.conversation) }}>
                {draft.subject || t('noSubject')}
              </Link>
            }
            words={draft.text.slice(0, 160)}
            end={
              <>
                {draft.stopped && <Badge tone="warm">{t('draftStopped')}</Badge>}
                <Time at={draft.updatedAt} />
              </>
            }
          />
        ))}
      </List>
    </Page>
  )
}
