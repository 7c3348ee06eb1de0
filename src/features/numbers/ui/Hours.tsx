import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DataTable } from '#console/kit/DataTable.tsx'
import { type HeatCell, HeatMap } from '#console/kit/HeatMap.tsx'
import type { Numbers } from '../numbers.contract.ts'
import { type NumbersSearch, ownZone } from './asked.ts'
import { Behind, CsvLink } from './Behind.tsx'
import styles from './Numbers.module.css'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** 1 January 2024 was a Monday. */
const dayOf = (weekday: number, language: string, how: 'short' | 'long') =>
  new Intl.DateTimeFormat(language, { weekday: how, timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))
const hourWords = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** When new conversations begin: a picture, and the same as a table. */
export function Hours({ numbers, asked }: { numbers: Numbers; asked: NumbersSearch }) {
  const { t, i18n } = useTranslation('numbers')
  const days = weekdays.map((weekday) => dayOf(weekday, i18n.language, 'short'))
  const counts = new Map(numbers.hours.map((cell) => [`${cell.weekday} ${cell.hour}`, cell.new]))
  const squares = (down: boolean): HeatCell[] =>
    weekdays.flatMap((weekday) =>
      hours.map((hour) => {
        const key = `${weekday} ${hour}`
        const value = counts.get(key) ?? 0
        const place = `${dayOf(weekday, i18n.language, 'long')}, ${hourWords(hour)}`
        return {
          key,
          row: down ? hour : weekday - 1,
          column: down ? weekday - 1 : hour,
          value,
          title: `${place}: ${t('newCount', { count: value })}`,
        }
      }),
    )
  const searchOf = (key: string) => {
    const [weekday, hour] = key.split(' ')
    return { ...asked, weekday, hour, zone: ownZone() }
  }
  const link = (cell: HeatCell, square: React.ReactNode) => (
    <Link to="/numbers/$number" params={{ number: 'new' }} search={searchOf(cell.key)} tabIndex={-1}>
      {square}
    </Link>
  )
  const everyThird = (hour: number) => (hour % 3 === 0 ? String(hour) : '')
  return (
    <section>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{t('byHour')}</h2>
        {numbers.hours.length > 0 && <CsvLink table="hours" asked={asked} />}
      </div>
      <p className={styles.words}>{t('byHourWords', { zone: numbers.zone })}</p>
      <div className={styles.across}>
        <HeatMap rows={days} columns={hours.map(everyThird)} cells={squares(false)} link={link} />
      </div>
      <div className={styles.down}>
        <HeatMap rows={hours.map(hourWords)} columns={days} cells={squares(true)} link={link} />
      </div>
      <details className={styles.fold}>
        <summary>{t('asTable')}</summary>
        <DataTable
          dense
          label={t('byHour')}
          heads={[t('hour'), ...days]}
          rows={hours.map((hour) => ({
            key: String(hour),
            name: hourWords(hour),
            cells: weekdays.map((weekday) => ({
              key: String(weekday),
              shown: (
                <Behind
                  number="new"
                  asked={{ ...asked, weekday: String(weekday), hour: String(hour) }}
                  value={counts.get(`${weekday} ${hour}`) ?? 0}
                />
              ),
            })),
          }))}
        />
      </details>
    </section>
  )
}
