import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { BareButton } from '#console/kit/Button.tsx'
import { Time, useMinute } from '#console/kit/Time.tsx'
import { tip } from '#console/kit/Tooltip.tsx'
import { spanWords } from '#console/time.ts'
import type { Handoffs, Held } from '../conversations.contract.ts'
import styles from './HandoffLine.module.css'

/** Whoever only walks past with j and k asks for nothing. Milliseconds. */
const calm = 400

/** Who had the ball and how long, in proportion; the last one ticks. Behind it the same as text. */
export function HandoffLine({ number }: { number: number }) {
  const { t, i18n } = useTranslation('asked')
  const [stays, setStays] = useState(false)
  const [open, setOpen] = useState(false)
  const now = useMinute()
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), calm)
    return () => clearTimeout(timer)
  }, [])
  const { data } = useQuery({
    queryKey: keys.handoffs(number),
    queryFn: ({ signal }) => get<Handoffs>(`/conversations/${number}/handoffs`, { signal }),
    enabled: stays,
  })
  // With one holder from the beginning the fields say it all.
  if (!data || data.items.length < 2) return null
  const nameOf = ({ holder }: Pick<Held, 'holder'>) =>
    holder.kind === 'customer' ? t('heldCustomer') : (holder.name ?? '')
  const millis = ({ from, until }: Held) => (until ? Date.parse(until) : now) - Date.parse(from)
  const span = (held: Held) => spanWords(millis(held), i18n.language)
  const current = data.items.at(-1)!
  const words = `${nameOf(current)} · ${span(current)}`
  return (
    <div className={styles.handoffs}>
      <BareButton className={styles.button} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.line} aria-hidden="true">
          {data.items.map((held) => (
            <span
              key={held.from}
              className={styles.part}
              data-kind={held.holder.kind}
              data-now={held.until === null || undefined}
              style={{ flexGrow: Math.max(1, Math.round(millis(held) / 1000)) }}
              {...tip(`${nameOf(held)} · ${span(held)}`)}
            />
          ))}
        </span>
        <span className={styles.hidden}>
          {t('heldBy')}
          {current.until === null && `: ${words}`}
        </span>
      </BareButton>
      {open && (
        <div className={styles.told}>
          <ol className={styles.list} aria-label={t('heldBy')}>
            {data.items.map((held) => (
              <li key={held.from} className={styles.one}>
                <span className={styles.dot} data-kind={held.holder.kind} aria-hidden="true" />
                <bdi className={styles.name}>{nameOf(held)}</bdi>
                <span>{span(held)}</span>
                <span className={styles.when}>
                  <Time at={held.from} /> – {held.until ? <Time at={held.until} /> : t('heldNow')}
                </span>
              </li>
            ))}
          </ol>
          <p className={styles.totals}>
            {t('heldTotals')}:{' '}
            {data.totals.map((total, n) => (
              <span key={`${total.holder.kind} ${total.holder.id}`}>
                {n > 0 && ', '}
                <bdi>{nameOf(total)}</bdi> {spanWords(total.seconds * 1000, i18n.language)}
              </span>
            ))}
          </p>
        </div>
      )}
    </div>
  )
}
