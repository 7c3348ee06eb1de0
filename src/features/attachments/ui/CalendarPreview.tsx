import { useTranslation } from 'react-i18next'
import type { CalendarEvent, Preview } from '../attachments.contract.ts'
import styles from './FileViewer.module.css'

/** Who invites to what, when and where. */
export function CalendarPreview({ preview }: { preview: Extract<Preview, { kind: 'calendar' }> }) {
  const { t, i18n } = useTranslation('timeline')
  return preview.events.map((event) => {
    const lines: [string, string][] = [
      [t('when'), whenWords(event, i18n.language)],
      [t('where'), event.location],
      [t('organizer'), event.organizer],
      [t('attendees'), event.attendees.join(', ')],
    ]
    return (
      <section key={`${event.summary} ${event.start}`} className={styles.event}>
        <h3 dir="auto">{event.summary || t('console:noSubject')}</h3>
        {preview.method === 'CANCEL' && <p>{t('eventCancelled')}</p>}
        <dl className={styles.facts}>
          {lines.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd dir="auto">{value}</dd>
                </div>
              ),
          )}
        </dl>
        <p className={styles.mail} dir="auto">
          {event.description}
        </p>
      </section>
    )
  })
}

/** In the reader's zone where the time is exact; else as the calendar says it, with its zone's name. */
function whenWords({ start, end, zone }: CalendarEvent, language: string): string {
  const one = (at: string | null) => {
    if (!at) return ''
    const day = !at.includes('T')
    const date = new Date(day ? `${at}T00:00` : at)
    if (Number.isNaN(date.getTime())) return at
    const format = new Intl.DateTimeFormat(language, {
      dateStyle: 'full',
      ...(day ? {} : { timeStyle: 'short' as const }),
    })
    return format.format(date)
  }
  const foreign = zone && !start?.endsWith('Z') ? ` (${zone})` : ''
  return [one(start), one(end)].filter(Boolean).join(' – ') + foreign
}
