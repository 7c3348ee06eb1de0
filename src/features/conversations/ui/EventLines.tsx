import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BareButton } from '#console/kit/Button.tsx'
import { Time } from '#console/kit/Time.tsx'
import { fullTime } from '#console/time.ts'
import { eventWords } from '#shared/text/event-words.ts'
import type { TimelineEvent } from '../conversations.contract.ts'
import styles from './EventLines.module.css'

/** More of them would push the words away. */
const most = 2

/** What happened, one grey line each; many fold into one. */
export const EventLines = memo(function EventLines({
  events,
  target,
}: {
  events: TimelineEvent[]
  /** An event somebody linked to is not folded away. */
  target: string | null
}) {
  const { t, i18n } = useTranslation(['timeline', 'console', 'events'])
  const [open, setOpen] = useState(() => events.some((event) => event.id === target))
  const telling = {
    t: (key: string, params?: Record<string, unknown>): string => t(key, { ...params }),
    time: (at: string) => fullTime(at, i18n.language),
    day: (day: string) =>
      new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
        new Date(day),
      ),
  }
  const folds = events.length > most
  return (
    <div className={styles.events} data-item={folds && !open ? events.at(-1)?.id : undefined}>
      {folds && (
        <BareButton
          className={styles.more}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-unfolds=""
        >
          {t(open ? 'changesHide' : 'changesShow', { count: events.length })}
        </BareButton>
      )}
      {(open || !folds) &&
        events.map((event) => (
          <p key={event.id} className={styles.line} data-item={event.id}>
            {eventWords(event, telling)} <Time at={event.at} className={styles.at} />
          </p>
        ))}
    </div>
  )
})
