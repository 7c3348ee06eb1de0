import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Figure, Figures } from '#console/kit/Figures.tsx'
import { Lasting } from '#console/kit/Time.tsx'
import type { Numbers, Period } from '../numbers.contract.ts'
import type { NumbersSearch } from './asked.ts'
import { Behind, CsvLink } from './Behind.tsx'
import { durationWords } from './durationWords.ts'
import styles from './Numbers.module.css'

export function Totals({ numbers, asked }: { numbers: Numbers; asked: NumbersSearch }) {
  const { t } = useTranslation('numbers')
  const { oldest } = numbers
  return (
    <>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{t('now')}</h2>
        <CsvLink table="summary" asked={asked} />
      </div>
      <Figures label={t('now')}>
        <Figure name={t('waiting')} tone={numbers.waiting > 0 ? 'warm' : undefined}>
          <Behind number="waiting" asked={asked} value={numbers.waiting} />
        </Figure>
        <Figure name={t('oldest')} tone={oldest ? 'warm' : undefined}>
          {oldest ? (
            <Link to="/conversations/$number" params={{ number: String(oldest.number) }}>
              <Lasting since={oldest.since} />
            </Link>
          ) : (
            '–'
          )}
        </Figure>
      </Figures>
      {(['today', 'weeks'] as const).map((period) => (
        <PeriodFigures key={period} period={period} numbers={numbers} asked={asked} />
      ))}
    </>
  )
}

function PeriodFigures({
  period,
  numbers,
  asked,
}: {
  period: Period
  numbers: Numbers
  asked: NumbersSearch
}) {
  const { t, i18n } = useTranslation('numbers')
  const { [period]: counted } = numbers
  const search = { ...asked, period: period === 'today' ? period : undefined }
  const lasted = (seconds: number | null) => (seconds === null ? '–' : durationWords(seconds, i18n.language))
  return (
    <>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{t(period)}</h2>
      </div>
      <Figures label={t(period)}>
        <Figure name={t('new')}>
          <Behind number="new" asked={search} value={counted.new} />
        </Figure>
        <Figure name={t('answered')}>
          <Behind number="answered" asked={search} value={counted.answered} />
        </Figure>
        <Figure name={t('median')} words={t('medianWords')}>
          <Behind number="first-answers" asked={search} value={counted.firstAnswers}>
            {lasted(counted.median)}
          </Behind>
        </Figure>
        <Figure name={t('ninetieth')} words={t('ninetiethWords')}>
          <Behind number="first-answers" asked={search} value={counted.firstAnswers}>
            {lasted(counted.ninetieth)}
          </Behind>
        </Figure>
      </Figures>
    </>
  )
}
