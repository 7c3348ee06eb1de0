import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '#console/commands/registry.ts'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Input } from '#console/kit/Input.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Tabs } from '#console/kit/Tabs.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { Company } from '../companies.contract.ts'
import { CompanyHead } from './CompanyHead.tsx'
import styles from './CustomersPage.module.css'
import { newCall } from './commands.ts'
import { companiesQuery, companyQuery, customersQuery } from './customer-queries.ts'
import { Person } from './People.tsx'

/** Everybody who ever wrote or called, and their companies; what is looked for stands in the URL. */
export function CustomersPage() {
  const { t } = useTranslation(['who', 'console'])
  const navigate = useNavigate()
  const { q = '', company, tab } = useSearch({ from: '/desk/customers' })
  const [typed, setTyped] = useState(q)
  useEffect(() => setTyped(q), [q])
  useEffect(() => {
    const next = typed.trim()
    if (next === q) return
    const timer = window.setTimeout(() => {
      // Whoever has clicked on somebody meanwhile is on his way there: he is not called back.
      if (window.location.pathname !== '/customers') return
      void navigate({
        to: '/customers',
        search: { company, tab, ...(next ? { q: next } : {}) },
        replace: true,
      })
    }, 200)
    return () => window.clearTimeout(timer)
  }, [typed, q, company, tab, navigate])
  const shown = company ? 'people' : tab === 'companies' ? 'companies' : 'people'
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.headLine}>
          <MenuButton />
          <h1 className={styles.heading}>{t('customers')}</h1>
          <Button size="small" icon="phone" onClick={() => runCommand(newCall)}>
            {t('newCall')}
          </Button>
        </div>
        <search className={styles.search}>
          <Input
            type="search"
            aria-label={t('findCustomer')}
            placeholder={t('findCustomer')}
            value={typed}
            onChange={setTyped}
          />
        </search>
      </header>
      {company ? (
        <>
          <CompanyOf id={company} />
          <People q={q} company={company} />
        </>
      ) : (
        <Tabs
          value={shown}
          onChange={(next) =>
            void navigate({ to: '/customers', search: { q: q || undefined, tab: next }, replace: true })
          }
          tabs={[
            { value: 'people', label: t('people') },
            { value: 'companies', label: t('companies') },
          ]}
          label={t('customers')}
        >
          {shown === 'people' ? <People q={q} /> : <Companies q={q} />}
        </Tabs>
      )}
    </div>
  )
}

function CompanyOf({ id }: { id: string }) {
  const { t } = useTranslation('who')
  const { data, isError, error } = useQuery(companyQuery(id))
  return (
    <div className={styles.company}>
      <Link to="/customers" search={{ tab: 'companies' }}>
        {t('allCompanies')}
      </Link>
      {isError && <ErrorState error={error} />}
      {data && <CompanyHead key={data.id} company={data} />}
    </div>
  )
}

function People({ q, company }: { q: string; company?: string }) {
  const { t } = useTranslation(['who', 'console'])
  const found = useInfiniteQuery(customersQuery({ ...(q ? { q } : {}), ...(company ? { company } : {}) }))
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  if (found.isError && rows.length === 0)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Skeleton lines={6} row={48} />
  if (rows.length === 0)
    return (
      <EmptyState
        icon="person"
        title={q ? t('nobodyFound') : t('noCustomers')}
        words={q ? t('nobodyFoundWords') : t('noCustomersWords')}
      />
    )
  return (
    <Rows
      label={t('customers')}
      count={rows.length}
      more={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : null}
      busy={found.isPlaceholderData}
    >
      {(index) => <Person customer={rows[index]!} />}
    </Rows>
  )
}

function Companies({ q }: { q: string }) {
  const { t } = useTranslation('who')
  const found = useInfiniteQuery(companiesQuery(q))
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  if (found.isError && rows.length === 0)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Skeleton lines={6} row={48} />
  if (rows.length === 0)
    return <EmptyState icon="company" title={t('noCompanies')} words={t('noCompaniesWords')} />
  return (
    <Rows
      label={t('companies')}
      count={rows.length}
      more={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : null}
      busy={found.isPlaceholderData}
    >
      {(index) => <CompanyRow company={rows[index]!} />}
    </Rows>
  )
}

const rowHeight = 56

/** Only the rows on screen exist, however many customers there are. */
function Rows({
  label,
  count,
  more,
  busy,
  children,
}: {
  label: string
  count: number
  more: (() => void) | null
  busy: boolean
  children: (index: number) => ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= count - 10) more()
  }, [more, last, count])
  return (
    <div className={styles.box} ref={box} aria-busy={busy}>
      <ul aria-label={label} style={{ height: rows.getTotalSize() }} className={styles.rows}>
        {shown.map((row) => (
          <li
            key={row.key}
            className={styles.place}
            style={{ transform: `translateY(${row.start}px)` }}
            ref={rows.measureElement}
            data-index={row.index}
            aria-setsize={more ? -1 : count}
            aria-posinset={row.index + 1}
          >
            {children(row.index)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function CompanyRow({ company }: { company: Company }) {
  const { t } = useTranslation('who')
  // Until somebody names it, a company is called by its domain: that is said once.
  const domains = company.domains.filter((domain) => domain !== company.name)
  const about = [t('peopleOf', { count: company.customers }), ...domains].join(' · ')
  return (
    <Link to="/customers" search={{ company: company.id }} className={styles.row}>
      <span className={styles.icon}>
        <Icon name="company" />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <span className={styles.cut}>{company.name}</span>
        </span>
        <span className={styles.about}>{about}</span>
      </span>
    </Link>
  )
}
