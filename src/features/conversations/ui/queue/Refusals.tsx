import { useTranslation } from 'react-i18next'
import { keys, queryClient } from '#console/api/query.ts'
import { Dialog } from '#console/kit/Dialog.tsx'
import { List, ListRow } from '#console/kit/List.tsx'
import type { PageOfConversations } from '../queries.ts'
import { type Refused, showRefusals } from './bulkRun.ts'

/** Which of many could not be changed, and why. */
export function Refusals({ refusals }: { refusals: readonly Refused[] }) {
  const { t } = useTranslation('queue')
  return (
    <Dialog
      open
      onOpenChange={() => showRefusals([])}
      title={t('refusedTitle')}
      words={t('refusedWords', { count: refusals.length })}
    >
      <List>
        {refusals.map(({ number, reason }) => (
          <ListRow key={number} title={`${number} ${subjectOf(number)}`} words={reason} />
        ))}
      </List>
    </Dialog>
  )
}

/** As the lists that were fetched know it; empty when none does. */
function subjectOf(number: number): string {
  for (const [, data] of queryClient.getQueriesData<{ pages?: PageOfConversations[] }>({
    queryKey: keys.lists,
  }))
    for (const page of data?.pages ?? [])
      for (const row of page.items) if (row.number === number) return row.subject
  return ''
}
