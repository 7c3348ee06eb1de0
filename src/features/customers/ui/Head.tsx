import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { InPlace } from '#console/kit/InPlace.tsx'
import { Menu, MenuItem } from '#console/kit/Menu.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import type { OpenedCustomer } from '../customers.contract.ts'
import { newCall } from './commands.ts'
import { JoinDialog } from './JoinDialog.tsx'
import { startCall } from './startCall.ts'
import type { Conflict, Field, useCustomerChange } from './useCustomerChange.ts'
import styles from './Who.module.css'

export type Changing = ReturnType<typeof useCustomerChange>

/** Name, company, VIP mark and the hint; and what can be done with the customer as a whole. */
export function Head({
  customer,
  change,
  heading: Heading,
}: {
  customer: OpenedCustomer
  change: Changing
  heading: 'h1' | 'h2'
}) {
  const { t } = useTranslation(['who', 'console'])
  const [joining, setJoining] = useState(false)
  const name =
    customer.name ?? customer.address ?? customer.identities[0]?.value ?? t('console:unknownCustomer')
  const { save } = change
  return (
    <section className={styles.head}>
      <div className={styles.headLine}>
        <Avatar name={name} size={40} />
        <div className={styles.names}>
          <Heading className={styles.name}>
            <InPlace
              label={t('name')}
              add={t('addName')}
              value={customer.name}
              onSave={(next) => save('name', next)}
              {...noticeOf('name', change, t)}
            >
              <CopyText value={name} />
            </InPlace>
          </Heading>
          {!customer.name && <p className={styles.soft}>{name}</p>}
          <div className={styles.soft}>
            <InPlace
              label={t('company')}
              add={t('addCompany')}
              value={customer.company?.name ?? null}
              onSave={(next) => save('company', next)}
              {...noticeOf('company', change, t)}
            >
              <CompanyLink customer={customer} />
            </InPlace>
          </div>
        </div>
        <Menu align="end" trigger={<IconButton name="more" size="small" label={t('more')} />}>
          <MenuItem icon="star" onClick={() => save('vip', !customer.vip)}>
            {customer.vip ? t('vipOff') : t('vipOn')}
          </MenuItem>
          <MenuItem icon="phone" onClick={() => startCall(newCall, customer)}>
            {t('callHim')}
          </MenuItem>
          <MenuItem icon="team" onClick={() => setJoining(true)}>
            {t('joinWith')}
          </MenuItem>
        </Menu>
      </div>
      <div className={styles.marks}>
        {customer.vip && (
          <Badge tone="accent">
            <Icon name="star" size={12} /> {t('console:vip')}
          </Badge>
        )}
        {Heading === 'h2' && (
          <Link to="/customers/$id" params={{ id: customer.id }} className={styles.pageLink}>
            {t('openPage')}
          </Link>
        )}
      </div>
      <div className={customer.hint ? styles.hint : undefined}>
        <InPlace
          label={t('hint')}
          add={t('addHint')}
          rows={3}
          maxLength={500}
          value={customer.hint}
          onSave={(next) => save('hint', next)}
          {...noticeOf('hint', change, t)}
        >
          <CopyText value={customer.hint ?? ''} />
        </InPlace>
      </div>
      {joining && <JoinDialog customer={customer} onClose={() => setJoining(false)} />}
    </section>
  )
}

function CompanyLink({ customer: { company } }: { customer: OpenedCustomer }) {
  const { t } = useTranslation('who')
  if (!company) return null
  return (
    <>
      {company.id === '0' ? (
        company.name
      ) : (
        <Link to="/customers" search={{ company: company.id }} title={t('companyPeople')}>
          {company.name}
        </Link>
      )}
      {company.byDomain && <span className={styles.byDomain}>{t('byDomain')}</span>}
    </>
  )
}

type Words = (key: string, params: Record<string, unknown>) => string

/** What stands below a field when somebody else has written it, too. */
export function noticeOf(field: Field, { conflict, giveIn, save }: Changing, t: Words) {
  const said = (value: Conflict['value']) =>
    value === null || value === ''
      ? t('nothing', {})
      : typeof value === 'boolean'
        ? t(value ? 'yes' : 'no', {})
        : value
  return {
    meanwhile: (value: string | null) => t('changedMeanwhile', { value: said(value) }),
    notice: conflict?.field === field && (
      <>
        {t('changedBy', { name: conflict.by?.name ?? t('somebody', {}), value: said(conflict.value) })}{' '}
        <span className={styles.noticeActs}>
          <Button size="small" onClick={() => save(field, conflict.mine, true)}>
            {t('useMine', { value: said(conflict.mine) })}
          </Button>
          <Button size="small" look="quiet" onClick={giveIn}>
            {t('leaveTheirs', {})}
          </Button>
        </span>
      </>
    ),
  }
}
