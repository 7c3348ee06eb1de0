import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys } from '#console/api/query.ts'
import { get, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Badge, type Tone } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { MailLogRow, Outcome } from '../ledger.contract.ts'
import styles from './MailLog.module.css'

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

/** Every message that came to a door, what became of it and why. */
export function MailLogPage() {
  const { t } = useTranslation('settings')
  const [outcome, setOutcome] = useState<Outcome | 'every'>('every')
  const filter = outcome === 'every' ? {} : { outcome }
  const query = useInfiniteQuery({
    queryKey: keys.mailLog(filter),
    queryFn: ({ pageParam, signal }) =>
      get<Rows>('/mail-log', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <Page
      title={t('mailLog.title')}
      lead={<MenuButton />}
      words={t('mailLog.words')}
      acts={
        <Select
          label={t('mailLog.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: 'every' as const, label: t('mailLog.every') },
            ...outcomes.map((value) => ({ value, label: t(`mailLog.of.${value}`) })),
          ]}
        />
      }
    >
      {!rows && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!rows && !query.isError && <Skeleton lines={6} row={40} />}
      {rows?.length === 0 && (
        <EmptyState icon="log" title={t('mailLog.empty')} words={t('mailLog.emptyWords')} />
      )}
      {rows && rows.length > 0 && (
        <List label={t('mailLog.title')}>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </List>
      )}
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </Page>
  )
}

function Row({ row }: { row: MailLogRow }) {
  const { t } = useTranslation('settings')
  return (
    <ListRow
      title={row.subject || t('mailLog.noSubject')}
      words={
        <>
          {row.from} → {row.inbox.name} · <Time at={row.receivedAt} /> · {t(`mailLog.door.${row.door}`)}
          {row.reason && <span className={styles.reason}> · {row.reason}</span>}
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
              #{row.conversation}
            </Link>
          )}
          <a href={`/api/v1/mail-log/${row.id}/source`} target="_blank" rel="noreferrer">
            {t('mailLog.source')}
          </a>
          <Acts row={row} />
        </>
      }
    />
  )
}

/** What can still be done with a message that found no place: try again, or make a conversation of it. */
function Acts({ row }: { row: MailLogRow }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  if (!['failed', 'quarantined', 'ignored', 'bounce'].includes(row.outcome)) return null
  const act = async (verb: 'retry' | 'start') => {
    setBusy(true)
    try {
      await post(`/mail-log/${row.id}/${verb}`, {})
      say(t(`mailLog.done.${verb}`))
      await client.invalidateQueries({ queryKey: ['mail-log'] })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {row.outcome !== 'ignored' && row.outcome !== 'bounce' && (
        <Button size="small" busy={busy} onClick={() => void act('retry')}>
          {t('mailLog.retry')}
        </Button>
      )}
      <Button size="small" busy={busy} onClick={() => void act('start')}>
        {t('mailLog.start')}
      </Button>
    </>
  )
}
