import { useTranslation } from 'react-i18next'
import { useMinute } from '#console/kit/Time.tsx'
import { dayWords } from '#console/time.ts'
import styles from './Timeline.module.css'

/** Where a new day begins. */
export function DayLine({ at }: { at: string }) {
  const { i18n } = useTranslation()
  return (
    <p className={styles.day}>
      <time dateTime={at.slice(0, 10)}>{dayWords(at, useMinute(), i18n.language)}</time>
    </p>
  )
}
