import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inboxesQuery, teamsQuery } from '#console/api/directory.ts'
import { Page } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Tabs } from '#console/kit/Tabs.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { Period } from '../numbers.contract.ts'
import { AgentsTable } from './AgentsTable.tsx'
import { type NumbersSearch, numbersQuery } from './asked.ts'
import { Hours } from './Hours.tsx'
import styles from './Numbers.module.css'
import { Totals } from './Totals.tsx'

/** What happens on the desk; every number opens the conversations behind it. */
export function NumbersPage() {
  const { t } = useTranslation('numbers')
  const navigate = useNavigate()
  const asked = useSearch({ from: '/desk/numbers' })
  const query = useQuery(numbersQuery(asked))
  const change = (given: Partial<NumbersSearch>) =>
    void navigate({ to: '/numbers', search: { ...asked, ...given }, replace: true })
  const numbers = query.data
  return (
    <Page title={t('title')} lead={<MenuButton />} words={t('words')}>
      <Filters asked={asked} onChange={change} />
      {!numbers && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!numbers && !query.isError && <Skeleton lines={6} row={40} />}
      {numbers && (
        <>
          <Totals numbers={numbers} asked={asked} />
          <div className={styles.tabs}>
            <Tabs<Period>
              label={t('period')}
              value={asked.period ?? 'weeks'}
              onChange={(period) => change({ period: period === 'weeks' ? undefined : period })}
              tabs={[
                { value: 'weeks', label: t('weeks') },
                { value: 'today', label: t('today') },
              ]}
            >
              <AgentsTable numbers={numbers} asked={asked} />
              <Hours numbers={numbers} asked={asked} />
            </Tabs>
          </div>
        </>
      )}
    </Page>
  )
}

function Filters({
  asked,
  onChange,
}: {
  asked: NumbersSearch
  onChange: (given: Partial<NumbersSearch>) => void
}) {
  const { t } = useTranslation('numbers')
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const choices = (every: string, rows: { id: string; name: string }[]) => [
    { value: 'every', label: every },
    ...rows.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const chosen = (value: string) => (value === 'every' ? undefined : value)
  return (
    <search className={styles.filters}>
      <Select
        label={t('inbox')}
        value={asked.inbox ?? 'every'}
        onChange={(value) => onChange({ inbox: chosen(value) })}
        options={choices(t('everyInbox'), inboxes)}
      />
      <Select
        label={t('team')}
        value={asked.team ?? 'every'}
        onChange={(value) => onChange({ team: chosen(value) })}
        options={choices(t('everyTeam'), teams)}
      />
    </search>
  )
}
