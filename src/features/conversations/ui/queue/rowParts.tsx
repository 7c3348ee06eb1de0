// The small parts of a row; each shows only when there is something to say.
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Lasting, Time, useMinute } from '#console/kit/Time.tsx'
import { tip } from '#console/kit/Tooltip.tsx'
import type { Conversation } from '../../conversations.contract.ts'
import styles from './QueueRow.module.css'
import { warmth } from './waiting.ts'

export const isClosed = ({ status }: Conversation) =>
  status.category === 'solved' || status.category === 'closed'

/** How long the customer waits, warmer as it grows; without a wait, when the last words were. */
export function When({ row }: { row: Conversation }) {
  const { t } = useTranslation('queue')
  const now = useMinute()
  if (row.snoozedUntil)
    return (
      <span className={styles.when}>
        <Icon name="moon" size={12} role="img" aria-hidden={false} aria-label={t('snoozedUntil')} />
        <Time at={row.snoozedUntil} />
      </span>
    )
  if (isClosed(row))
    return (
      <span className={styles.when}>
        <Icon name="check" size={12} role="img" aria-hidden={false} aria-label={t('console:status.solved')} />
        <Time at={row.lastActivityAt} />
      </span>
    )
  if (!row.waitingSince) return <Time at={row.lastActivityAt} className={styles.when} />
  return (
    <span className={styles.waiting} data-warmth={warmth(row.waitingSince, now)}>
      <span className={styles.hidden}>{t('console:waiting')}</span>
      <Lasting since={row.waitingSince} />
    </span>
  )
}

export function Priority({ priority }: { priority: Conversation['priority'] }) {
  const { t } = useTranslation('console')
  if (priority !== 'urgent' && priority !== 'high') return null
  const words = t(`priority.${priority}`)
  return (
    <span className={styles.priority} {...tip(words)}>
      <span aria-hidden="true">{priority === 'urgent' ? '!!' : '!'}</span>
      <span className={styles.hidden}>{words}</span>
    </span>
  )
}

export function Draft({ draft }: { draft: Conversation['draft'] }) {
  const { t } = useTranslation('queue')
  if (!draft) return null
  return (
    <span className={styles.draft} data-draft={draft} {...tip(t(`draft.${draft}`))}>
      <Icon name="pencil" size={12} />
      <span className={styles.hidden}>{t(`draft.${draft}`)}</span>
    </span>
  )
}

export function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null
  return (
    <span className={styles.tags} {...tip(tags.join(', '))}>
      {tags.slice(0, 2).map((tag) => (
        <span key={tag} className={styles.tag} data-short={tag.length < 6 || undefined} dir="auto">
          {tag}
        </span>
      ))}
      {tags.length > 2 && <span className={styles.more}>+{tags.length - 2}</span>}
    </span>
  )
}

/** Whose turn it is, when it is a colleague's. The customer's turn and the team's show in the time and the view. */
export function Holder({ row, me }: { row: Conversation; me: string }) {
  const { t } = useTranslation('console')
  const { holder } = row
  if (row.consults.length > 0 && holder?.name && row.holderSince)
    return (
      <span
        className={styles.asked}
        {...tip(t('timeline:askedBy', { name: row.consults.at(-1)?.askedBy.name }))}
      >
        {t('timeline:with', { name: holder.name })} <Lasting since={row.holderSince} />
      </span>
    )
  if (!holder?.name || holder.kind === 'customer' || holder.kind === 'team') return null
  if (holder.kind === 'agent' && holder.id === me) return null
  const words = t('holder', { name: holder.name })
  return (
    <span className={styles.holder} {...tip(words)}>
      <Avatar name={holder.name} size={18} />
      <span className={styles.hidden}>{words}</span>
    </span>
  )
}
