import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import { NavButton } from '#console/kit/Nav.tsx'
import styles from '#console/shell/Rail.module.css'
import type { View } from '../views.contract.ts'
import { viewsQuery } from './views.ts'

const first = ['mine', 'unassigned', 'my-teams', 'mentioned', 'all']
const more = ['open', 'pending', 'snoozed', 'closed', 'stuck', 'thanks', 'spam', 'trash']
const withoutCount = new Set(['all', 'closed', 'spam', 'trash'])

/** The views with their counts, kept true by /live. The first of them also counts in the window's title. */
export function ViewLinks() {
  const { t } = useTranslation('console')
  const { data: views = [] } = useQuery(viewsQuery)
  const [open, setOpen] = useState(false)
  const byId = new Map(views.map((view) => [view.id, view]))
  const mine = byId.get('mine')?.count ?? 0
  useEffect(() => {
    document.title = mine > 0 ? `(${mine}) Foyer` : 'Foyer'
  }, [mine])
  const saved = views.filter((view) => !view.builtIn)
  return (
    <>
      <div>
        {first.map((id) => (
          <ViewLink key={id} id={id} view={byId.get(id)} />
        ))}
        <DraftsLink view={byId.get('drafts')} />
      </div>
      {saved.length > 0 && (
        <section className={styles.group} aria-label={t('savedViews')}>
          <h2 className={styles.groupName}>{t('savedViews')}</h2>
          {saved.map((view) => (
            <ViewLink key={view.id} id={view.id} view={view} />
          ))}
        </section>
      )}
      <div className={styles.group}>
        <NavButton
          lead={<Icon name="chevron" style={{ rotate: open ? undefined : '-90deg' }} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('moreViews')}
        </NavButton>
        {open && more.map((id) => <ViewLink key={id} id={id} view={byId.get(id)} />)}
      </div>
    </>
  )
}

function ViewLink({ id, view }: { id: string; view: View | undefined }) {
  const { t } = useTranslation('console')
  return (
    <Link
      to="/views/$view"
      params={{ view: id }}
      activeOptions={{ includeSearch: false }}
      className={styles.link}
      preload={false}
    >
      <Icon name={iconOf(id)} />
      <span className={styles.name}>{view && !view.builtIn ? view.name : t(`view.${id}`)}</span>
      {!withoutCount.has(id) && <Count view={view} />}
    </Link>
  )
}

function DraftsLink({ view }: { view: View | undefined }) {
  const { t } = useTranslation('console')
  return (
    <Link to="/drafts" className={styles.link}>
      <Icon name="comment" />
      <span className={styles.name}>{t('view.drafts')}</span>
      <Count view={view} />
    </Link>
  )
}

function Count({ view }: { view: View | undefined }) {
  const { i18n } = useTranslation()
  if (!view || view.count === 0) return null
  const number = new Intl.NumberFormat(i18n.language).format(view.count)
  return (
    <span className={styles.count}>
      {number}
      {view.countCapped && '+'}
    </span>
  )
}

function iconOf(id: string) {
  if (id === 'mine') return 'person'
  if (id === 'my-teams') return 'team'
  if (id === 'unassigned') return 'inbox'
  if (id === 'snoozed' || id === 'pending') return 'clock'
  if (id === 'mentioned') return 'flag'
  if (id === 'closed') return 'check'
  if (id === 'spam' || id === 'stuck') return 'warning'
  if (id === 'trash') return 'trash'
  return 'list'
}
