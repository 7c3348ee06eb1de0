import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inboxesQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Badge, type Tone } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { MailLogRow, Outcome } from '../ledger.contract.ts'
import styles from './MailLog.module.css'
import { MailLogDetails } from './MailLogDetails.tsx'
import { reasonWords } from './reasonWords.ts'
import { SumsLine } from './SumsLine.tsx'

interface Rows {
  items: MailLogRow[]
  nextCursor: string | null
}
const outcomes: Outcome[] = [
  'started',
  'threaded',
  'bounce',
  'ignored',
  'quarantined',
  'failed',
  'waiting',
  'refused',
]
const tones: Partial<Record<Outcome, Tone>> = {
  quarantined: 'broken',
  failed: 'broken',
  refused: 'broken',
  waiting: 'warm',
  bounce: 'warm',
}

const periods = { all: 0, day: 1, week: 7, month: 30 } as const
type Period = keyof typeof periods

/** Every message that came to a door, what became of it and why. A click tells more. */
export function MailLogPage() {
  const { t } = useTranslation('settings')
  const { role } = useMe()
  const [outcome, setOutcome] = useState<Outcome | 'every'>('every')
  const [inbox, setInbox] = useState('every')
  const [{ period, after }, setPeriod] = useState<{ period: Period; after?: string }>({ period: 'all' })
  const inboxes = useQuery(inboxesQuery).data ?? []
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const q = useDeferredValue(typed.trim())
  const filter = {
    ...(outcome === 'every' ? {} : { outcome }),
    ...(inbox === 'every' ? {} : { inbox }),
    ...(after ? { after } : {}),
    ...(q ? { q } : {}),
  }
  const filtered = Object.keys(filter).length > 0
  const since = (next: Period) =>
    setPeriod({
      period: next,
      // From a full minute on, so that choosing it again asks for the same.
      after: periods[next]
        ? new Date(Math.floor(Date.now() / 60_000) * 60_000 - periods[next] * 86_400_000).toISOString()
        : undefined,
    })
  const query = useInfiniteQuery({
    queryKey: keys.mailLog(filter),
    queryFn: ({ pageParam, signal }) =>
      get<Rows>('/mail-log', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <Page title={t('mailLog.title')} lead={<MenuButton />} words={t('mailLog.words')}>
      {role === 'admin' && <SumsLine />}
      <search className={styles.search}>
        <Input
          type="search"
          aria-label={t('mailLog.search')}
          placeholder={t('mailLog.searchHint')}
          value={typed}
          onChange={setTyped}
        />
        <Select
          label={t('mailLog.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: 'every' as const, label: t('mailLog.every') },
            ...outcomes.map((value) => ({ value, label: t(`mailLog.of.${value}`) })),
          ]}
        />
        <Select
          label={t('mailLog.inbox')}
          value={inbox}
          onChange={setInbox}
          options={[
            { value: 'every', label: t('mailLog.everyInbox') },
            ...inboxes.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          label={t('mailLog.period')}
          value={period}
          onChange={since}
          options={(Object.keys(periods) as Period[]).map((value) => ({
            value,
            label: t(`mailLog.periodOf.${value}`),
          }))}
        />
      </search>
      {!rows && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!rows && !query.isError && <Skeleton lines={6} row={40} />}
      {rows?.length === 0 && (
        <EmptyState
          icon="log"
          title={t('mailLog.empty')}
          words={t(filtered ? 'mailLog.emptyFound' : 'mailLog.emptyWords')}
        />
      )}
      {rows && rows.length > 0 && (
        <List label={t('mailLog.title')}>
          {rows.map((row) => (
            <Row key={row.id} row={row} onOpen={() => setOpened(row.id)} />
          ))}
        </List>
      )}
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
      {opened && <MailLogDetails id={opened} onClose={() => setOpened(null)} />}
    </Page>
  )
}

function Row({ row, onOpen }: { row: MailLogRow; onOpen: () => void }) {
  const { t, i18n } = useTranslation(['settings', 'mail'])
  const words = i18n.getFixedT(null, 'mail')
  return (
    <ListRow
      long
      onClick={onOpen}
      title={row.subject || t(`mailLog.noSubject.${row.gone ?? 'none'}`)}
      words={
        <>
          {row.from} → {row.inbox.name} · <Time at={row.receivedAt} /> · {t(`mailLog.door.${row.door}`)}
          {row.reason && <> · {reasonWords(row.reason, words, i18n.language)}</>}
        </>
      }
      end={
        <>
          <Badge tone={tones[row.outcome]}>{t(`mailLog.of.${row.outcome}`)}</Badge>
          {row.conversation !== null && (
            <Link
              to="/conversations/$number"
              params={{ number: String(row.conversation) }}
              search={row.message ? { item: row.message } : {}}
            >
              {t('console:numberOf', { number: row.conversation })}
            </Link>
          )}
        </>
      }
    />
  )
}
