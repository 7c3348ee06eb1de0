import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import type { NumberName } from '../numbers.contract.ts'
import { type BehindSearch, csvAddress, ownZone } from './asked.ts'

/** A number that opens its list; nothing behind it, no link. */
export function Behind({
  number,
  asked,
  value,
  children,
}: {
  number: NumberName
  asked: BehindSearch
  value: number
  /** other words than the number itself */
  children?: ReactNode
}) {
  const { i18n } = useTranslation()
  const shown = children ?? new Intl.NumberFormat(i18n.language).format(value)
  if (value === 0) return shown
  return (
    <Link to="/numbers/$number" params={{ number }} search={{ ...asked, zone: ownZone() }}>
      {shown}
    </Link>
  )
}

export function CsvLink({ table, asked }: { table: string; asked: BehindSearch & { number?: NumberName } }) {
  const { t } = useTranslation('numbers')
  return (
    <a className={buttonClass('quiet', 'small')} href={csvAddress(table, asked)} download>
      <Icon name="download" />
      {t('csvFile')}
    </a>
  )
}
