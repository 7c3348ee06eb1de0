import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { agentsQuery, inboxesQuery, teamsQuery } from '#console/api/directory.ts'
import { get } from '#console/api/request.ts'
import { Button, buttonClass } from '#console/kit/Button.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Time } from '#console/kit/Time.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import { NotFound } from '#console/shell/NotFound.tsx'
import { statusWords } from '#features/conversations/ui/statusWords.ts'
import type { NumberName, BehindPage as Rows } from '../numbers.contract.ts'
import { type BehindSearch, numberNames } from './asked.ts'
import { CsvLink } from './Behind.tsx'
import { durationWords } from './durationWords.ts'
import styles from './Numbers.module.css'

/** The conversations behind one number. */
export function BehindPage() {
  const { number } = useParams({ from: '/desk/numbers/$number' })
  const asked = useSearch({ from: '/desk/numbers/$number' })
  const name = numberNames.find((each) => each === number)
  return name ? <BehindList number={name} asked={asked} /> : <NotFound />
}

function BehindList({ number, asked }: { number: NumberName; asked: BehindSearch }) {
  const { t } = useTranslation('numbers')
  const query = useInfiniteQuery({
    queryKey: ['numbers-behind', number, asked],
    queryFn: ({ pageParam, signal }) =>
      get<Rows>('/numbers/conversations', {
        query: { ...asked, number, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  const count = query.data?.pages[0]?.count ?? 0
  const { inbox, team, period } = asked
  return (
    <Page
      title={t(`list.${number}`)}
      lead={<MenuButton />}
      words={useWords(number, asked)}
      acts={
        <>
          <Link to="/numbers" search={{ inbox, team, period }} className={buttonClass('quiet', 'small')}>
            {t('back')}
          </Link>
          {count > 0 && <CsvLink table="conversations" asked={{ ...asked, number }} />}
        </>
      }
    >
      {!rows && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!rows && !query.isError && <Skeleton lines={6} row={40} />}
      {rows?.length === 0 && <EmptyState icon="numbers" title={t('empty')} words={t('emptyWords')} />}
      {rows && rows.length > 0 && (
        <>
          <p className={styles.words}>{t('count', { count })}</p>
          <List label={t(`list.${number}`)}>
            {rows.map((row) => (
              <Row key={row.conversation.number} row={row} />
            ))}
          </List>
        </>
      )}
      {query.hasNextPage && (
        <div className={styles.foot}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Page>
  )
}

function Row({ row: { conversation, at, seconds } }: { row: Rows['items'][number] }) {
  const { t, i18n } = useTranslation(['numbers', 'console'])
  const customer = conversation.customer.name ?? conversation.customer.address ?? t('console:unknownCustomer')
  return (
    <ListRow
      title={
        <Link
          to="/conversations/$number"
          params={{ number: String(conversation.number) }}
          className={styles.row}
        >
          {conversation.subject || t('console:noSubject')}
        </Link>
      }
      words={
        <>
          {customer} · {conversation.inbox.name} ·{' '}
          {statusWords(conversation.status, i18n.getFixedT(null, 'console'))}
        </>
      }
      end={
        <>
          {seconds !== null && <span>{durationWords(seconds, i18n.language)}</span>}
          <Time at={at} />
        </>
      }
    />
  )
}

/** Which of them: the period, whose, in what, when. */
function useWords(number: NumberName, { period, inbox, team, agent, weekday, hour }: BehindSearch): string {
  const { t, i18n } = useTranslation('numbers')
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: agents = [] } = useQuery({ ...agentsQuery, enabled: agent !== undefined })
  const nameOf = (rows: { id: string; name: string }[], id: string | undefined) =>
    rows.find((row) => row.id === id)?.name
  const day =
    weekday &&
    new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, Number(weekday)),
    )
  return [
    number === 'waiting' ? t('now') : t(period ?? 'weeks'),
    nameOf(agents, agent),
    nameOf(inboxes, inbox),
    nameOf(teams, team),
    day,
    hour && `${hour.padStart(2, '0')}:00`,
  ]
    .filter(Boolean)
    .join(' · ')
}
