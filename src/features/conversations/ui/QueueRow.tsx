import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Lasting, Time } from '#console/kit/Time.tsx'
import { usePresent } from '#console/live/useLive.ts'
import type { Conversation } from '../conversations.contract.ts'
import styles from './QueueRow.module.css'

/** Who, what about, the last words, how long they wait; and only what differs from the ordinary. */
export const QueueRow = memo(function QueueRow({
  row,
  view,
  dense,
  open,
  under,
  me,
}: {
  row: Conversation
  view: string
  dense: boolean
  open: boolean
  under: boolean
  me: string
}) {
  const { t } = useTranslation('console')
  const customer = row.customer.name ?? row.customer.address ?? t('unknownCustomer')
  return (
    <Link
      to="/views/$view/$number"
      params={{ view, number: String(row.number) }}
      search={(old) => ({ ...old, item: undefined })}
      className={styles.row}
      data-dense={dense || undefined}
      data-open={open || undefined}
      data-under={under || undefined}
      data-unread={row.unread || undefined}
      aria-current={open || undefined}
      preload="intent"
    >
      <span className={styles.line}>
        {row.unread && <span className={styles.dot} title={t('unread')} />}
        {row.unread && <span className={styles.hidden}>{t('unread')}.</span>}
        <span className={styles.customer}>{customer}</span>
        <Presence number={row.number} />
        {row.priority === 'urgent' || row.priority === 'high' ? <Priority priority={row.priority} /> : null}
        {row.hasAttachments && (
          <Icon
            name="clip"
            size={14}
            className={styles.quiet}
            role="img"
            aria-hidden={false}
            aria-label={t('hasAttachments')}
          />
        )}
        <When row={row} />
      </span>
      <span className={styles.line}>
        <span className={styles.words}>
          <span className={styles.subject}>{row.subject}</span>
          {row.preview && <span className={styles.preview}> {row.preview}</span>}
        </span>
        <Tags tags={row.tags} />
        <Holder row={row} me={me} />
      </span>
    </Link>
  )
})

function When({ row }: { row: Conversation }) {
  const { t } = useTranslation('console')
  if (row.waitingSince)
    return (
      <span className={styles.waiting}>
        <span className={styles.hidden}>{t('waiting')}</span>
        <Lasting since={row.waitingSince} />
      </span>
    )
  return <Time at={row.updatedAt} className={styles.when} />
}

function Priority({ priority }: { priority: 'urgent' | 'high' }) {
  const { t } = useTranslation('console')
  const words = t(`priority.${priority}`)
  return (
    <span className={styles.priority} title={words}>
      <span aria-hidden="true">{priority === 'urgent' ? '!!' : '!'}</span>
      <span className={styles.hidden}>{words}</span>
    </span>
  )
}

function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null
  return (
    <span className={styles.tags} title={tags.join(', ')}>
      {tags.slice(0, 2).map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
      {tags.length > 2 && <span className={styles.more}>+{tags.length - 2}</span>}
    </span>
  )
}

/** Whose turn it is, when it is a colleague's or another team's. */
function Holder({ row, me }: { row: Conversation; me: string }) {
  const { t } = useTranslation('console')
  const holder = row.holder
  if (!holder || holder.kind === 'customer' || holder.kind === 'team' || holder.id === me || !holder.name)
    return null
  return (
    <span title={t('holder', { name: holder.name })} className={styles.holder}>
      <Avatar name={holder.name} size={20} />
      <span className={styles.hidden}>{t('holder', { name: holder.name })}</span>
    </span>
  )
}

function Presence({ number }: { number: number }) {
  const { t } = useTranslation('console')
  const people = usePresent(number).filter((each) => each.doing !== 'away')
  if (people.length === 0) return null
  const doing = people.find((each) => each.doing === 'replying')?.doing ?? people[0]?.doing
  const words = people.map((each) => t(`presence.${each.doing}`, { name: each.name })).join(', ')
  return (
    <span className={styles.presence} data-doing={doing} title={words}>
      <span className={styles.hidden}>{words}</span>
    </span>
  )
}
