import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { Button } from '#console/kit/Button.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { lazily } from '#console/kit/lazily.ts'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { chipsOf, filtersOf } from '#features/conversations/ui/queue/filters.ts'
import { useFilterNames } from '#features/conversations/ui/queue/useFilterNames.ts'
import type { View } from '../views.contract.ts'
import { ViewActs } from './ViewActs.tsx'
import { viewsQuery } from './views.ts'

const SaveView = lazily(async () => (await import('./SaveView.tsx')).SaveView)

/** Saved views in the order of the rail; what is moved here moves there. */
export function ViewsPage() {
  // Those of its dialogs too: the page that is there does not go away, and the focus with it, for a text.
  const { t } = useTranslation(['desk', 'queue'])
  const [adding, setAdding] = useState(false)
  const all = useQuery(viewsQuery)
  const query = { ...all, data: all.data?.filter((view) => !view.builtIn) } as typeof all
  return (
    <Page
      title={t('views.title')}
      words={t('views.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setAdding(true)}>
          {t('views.add')}
        </Button>
      }
    >
      <Listed
        query={query}
        empty={<EmptyState icon="list" title={t('views.empty')} words={t('views.emptyWords')} />}
      >
        {(views) => (
          <List label={t('views.title')}>
            {views.map((view, at) => (
              <Row key={view.id} view={view} first={at === 0} last={at === views.length - 1} />
            ))}
          </List>
        )}
      </Listed>
      {adding && (
        <Suspense>
          <SaveView
            stay
            onClose={() => {
              setAdding(false)
              void queryClient.invalidateQueries({ queryKey: keys.views })
            }}
          />
        </Suspense>
      )}
    </Page>
  )
}

function Row({ view, first, last }: { view: View; first: boolean; last: boolean }) {
  const { t, i18n } = useTranslation(['desk', 'queue'])
  const me = useMe()
  const { data: teams = [] } = useQuery(teamsQuery)
  const nameOf = useFilterNames(filtersOf(view.filters).customer)
  const looksFor = chipsOf(filtersOf(view.filters)).map(({ field, value }) => nameOf(field, value))
  const team = teams.find((each) => each.id === view.team) ?? me.teams.find((each) => each.id === view.team)
  const count = new Intl.NumberFormat(i18n.language).format(view.count)
  return (
    <ListRow
      title={
        <Link to="/views/$view" params={{ view: view.id }} preload={false}>
          <bdi>{view.name}</bdi>
        </Link>
      }
      words={looksFor.length > 0 ? looksFor.join(' · ') : t('desk:views.everything')}
      end={
        <>
          <span>
            {count}
            {view.countCapped && '+'}
          </span>
          <Badge tone={view.scope === 'me' ? 'neutral' : 'accent'}>
            {view.scope === 'team' ? (team?.name ?? t('queue:scope.team')) : t(`queue:scope.${view.scope}`)}
          </Badge>
          <ViewActs view={view} first={first} last={last} stay />
        </>
      }
    />
  )
}
