import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Icon } from '#console/kit/Icon.tsx'
import { NavButton } from '#console/kit/Nav.tsx'
import styles from '#console/shell/Rail.module.css'
import { useRailTip } from '#console/shell/railFolded.ts'
import { numberWords } from '#console/time.ts'
import type { View } from '../views.contract.ts'
import { placeView } from './changeViews.ts'
import { tellApart } from './tellApart.ts'
import { useDragOrder } from './useDragOrder.ts'
import { ViewActs } from './ViewActs.tsx'
import { viewsQuery } from './views.ts'

const first = ['mine', 'unassigned', 'my-teams', 'mentioned', 'all']
const more = ['open', 'pending', 'snoozed', 'closed', 'stuck', 'thanks', 'spam', 'trash']
const withoutCount = new Set(['all', 'closed', 'spam', 'trash'])

/** The views with their counts, kept true by /live. */
export function ViewLinks() {
  const { t } = useTranslation('console')
  const { data: views = [] } = useQuery(viewsQuery)
  const [open, setOpen] = useState(false)
  const byId = new Map(views.map((view) => [view.id, view]))
  const saved = views.filter((view) => !view.builtIn)
  return (
    <>
      <div>
        {first.map((id) => (
          <Fragment key={id}>
            <ViewLink id={id} view={byId.get(id)} />
            {id === 'my-teams' && <TeamLinks />}
          </Fragment>
        ))}
        <DraftsLink view={byId.get('drafts')} />
      </div>
      {saved.length > 0 && <SavedViews saved={saved} />}
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

/** In the order one gave them: dragged, or by their menus. */
function SavedViews({ saved }: { saved: View[] }) {
  const { t } = useTranslation('console')
  const { teams } = useMe()
  const rows = useRef<HTMLElement>(null)
  const drag = useDragOrder(rows, (from, to) => void placeView(from, to))
  const apart = tellApart(saved, teams)
  const landing = (index: number) => {
    if (!drag || drag.to !== index || drag.to === drag.from) return undefined
    return drag.to > drag.from ? 'below' : 'above'
  }
  return (
    <section
      ref={rows}
      className={styles.group}
      aria-label={t('savedViews')}
      data-dragging={drag ? '' : undefined}
    >
      <h2 className={styles.groupName}>{t('savedViews')}</h2>
      {saved.map((view, index) => (
        <div
          key={view.id}
          className={styles.saved}
          data-view-row=""
          data-dragged={drag?.from === index ? '' : undefined}
          data-drop={landing(index)}
        >
          <ViewLink id={view.id} view={view} of={apart.get(view.id)} />
          <span className={styles.acts}>
            <ViewActs view={view} first={index === 0} last={index === saved.length - 1} />
          </span>
        </div>
      ))}
    </section>
  )
}

function ViewLink({
  id,
  view,
  of,
}: {
  id: string
  view: View | undefined
  /** Whose it is, where the name alone does not tell. */
  of?: string
}) {
  const { t } = useTranslation('console')
  const railTip = useRailTip()
  const name = view && !view.builtIn ? view.name : t(`view.${id}`)
  const words = of ? `${name} · ${of}` : name
  return (
    <Link
      {...railTip(words)}
      to="/views/$view"
      params={{ view: id }}
      activeOptions={{ includeSearch: false }}
      className={styles.link}
      preload={false}
    >
      <Icon name={iconOf(id)} />
      <span className={styles.name}>
        <bdi>{name}</bdi>
        {of && (
          <span className={styles.of}>
            {' '}
            <bdi>{of}</bdi>
          </span>
        )}
      </span>
      {!withoutCount.has(id) && <Count view={view} />}
    </Link>
  )
}

/** Whoever is in several teams finds each by itself. */
function TeamLinks() {
  const me = useMe()
  if (me.teams.length < 2) return null
  return (
    <div className={styles.sub}>
      {me.teams.map((team) => (
        <Link
          key={team.id}
          to="/views/$view"
          params={{ view: 'open' }}
          search={{ team: team.id }}
          activeOptions={{ includeSearch: true, exact: false }}
          className={styles.link}
          preload={false}
        >
          <span className={styles.name}>
            <bdi>{team.name}</bdi>
          </span>
        </Link>
      ))}
    </div>
  )
}

function DraftsLink({ view }: { view: View | undefined }) {
  const { t } = useTranslation('console')
  const railTip = useRailTip()
  return (
    <Link to="/drafts" className={styles.link} {...railTip(t('view.drafts'))}>
      <Icon name="comment" />
      <span className={styles.name}>{t('view.drafts')}</span>
      <Count view={view} />
    </Link>
  )
}

function Count({ view }: { view: View | undefined }) {
  const { i18n } = useTranslation()
  if (!view || view.count === 0) return null
  const number = numberWords(view.count, i18n.language)
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
