import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '#console/kit/Time.tsx'
import type { Item, TimelineEvent } from '../conversations.contract.ts'
import styles from './EventLines.module.css'
import { eventWords } from './eventWords.ts'

/** What happened, one grey line each; more than two fold into one. */
export function EventLines({ events }: { events: Item[] }) {
  const { t, i18n } = useTranslation('console')
  const [open, setOpen] = useState(false)
  const told = events.filter((item): item is TimelineEvent => item.type === 'event')
  const folds = told.length > 2
  const shown = folds && !open ? told.slice(-1) : told
  return (
    <div className={styles.events}>
      {folds && (
        <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('eventsHide') : t('eventsMore', { count: told.length - 1 })}
        </button>
      )}
      {shown.map((event) => (
        <p key={event.id} className={styles.line} data-item={event.id}>
          {eventWords(event, t, i18n.language)} <Time at={event.at} className={styles.at} />
        </p>
      ))}
    </div>
  )
}
