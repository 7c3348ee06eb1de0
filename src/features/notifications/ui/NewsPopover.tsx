import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Popover, type PopoverProps } from '#console/kit/Popover.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Time } from '#console/kit/Time.tsx'
import type { Notification } from '../notifications.contract.ts'
import styles from './NewsPopover.module.css'
import { markRead, newsQuery, stopKind, whyWords } from './news.ts'

/** What waits, why it came, and one click to hear of its kind no more. */
export function NewsPopover(props: Omit<PopoverProps, 'children'>) {
  const { t } = useTranslation('notifications')
  const query = useQuery(newsQuery)
  const { data } = query
  const close = () => props.onOpenChange?.(false)
  return (
    <Popover {...props} label={t('bell')} side="right">
      <div className={styles.news}>
        <header className={styles.head}>
          <h2 className={styles.title}>{t('bell')}</h2>
          {data && data.items.length > 0 && (
            <Button size="small" look="quiet" onClick={() => void markRead()}>
              {t('readAll')}
            </Button>
          )}
        </header>
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={3} row={40} />}
        {data?.items.length === 0 && (
          <EmptyState title={t('nothing')} words={t('nothingWords')} icon="bell" />
        )}
        {data && data.items.length > 0 && (
          <ul className={styles.list}>
            {data.items.map((item) => (
              <Entry key={item.id} item={item} onOpen={close} />
            ))}
          </ul>
        )}
        <footer className={styles.foot}>
          {data && data.unread > data.items.length && (
            <span>{t('more', { count: data.unread - data.items.length })}</span>
          )}
          <Link to="/settings/$page" params={{ page: 'notifications' }} onClick={close}>
            {t('settings')}
          </Link>
        </footer>
      </div>
    </Popover>
  )
}

function Entry({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const { t } = useTranslation('notifications')
  const why = whyWords(item)
  return (
    <li className={styles.entry} data-broken={item.kind === 'failed' || item.kind === 'held' || undefined}>
      <Link
        to="/conversations/$number"
        params={{ number: String(item.conversation.number) }}
        search={item.item ? { around: item.item } : {}}
        className={styles.link}
        onClick={onOpen}
      >
        <span className={styles.why}>
          <bdi>{why}</bdi>
        </span>
        <span className={styles.subject}>
          <bdi>{item.conversation.subject}</bdi>
        </span>
        <Time at={item.at} className={styles.time} />
      </Link>
      <IconButton
        name="bellOff"
        size="small"
        label={`${t('stop')}: ${t(`kind.${item.kind}`)}`}
        onClick={() => stopKind(item.kind)}
      />
    </li>
  )
}
