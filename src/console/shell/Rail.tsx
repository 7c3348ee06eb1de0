import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ViewLinks } from '#features/views/ui/ViewLinks.tsx'
import { inboxesQuery } from '../api/directory.ts'
import { useMe } from '../api/me.ts'
import { newConversation, showPalette } from '../commands/desk.ts'
import { runCommand } from '../commands/registry.ts'
import { keyHint } from '../commands/useCommands.ts'
import { Button } from '../kit/Button.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { NavButton } from '../kit/Nav.tsx'
import { Mark } from './Mark.tsx'
import { Myself } from './Myself.tsx'
import styles from './Rail.module.css'

/** Where one can go, in the order of a working day. */
export function Rail() {
  const { t } = useTranslation('console')
  const me = useMe()
  return (
    <nav className={styles.rail} aria-label={t('rail')}>
      <div className={styles.head}>
        <Link to="/" className={styles.brand}>
          <Mark />
          Foyer
        </Link>
        <Button size="small" icon="plus" onClick={() => runCommand(newConversation)}>
          {t('newConversation')}
        </Button>
      </div>
      <RailLink to="/search" icon="search">
        {t('search')}
      </RailLink>
      <NavButton icon="keyboard" end={keyHint(showPalette)} onClick={() => runCommand(showPalette)}>
        {t('allActions')}
      </NavButton>
      <ViewLinks />
      <Inboxes />
      <div className={styles.foot}>
        <RailLink to="/outbox" icon="outbox">
          {t('outbox')}
        </RailLink>
        {me.role === 'admin' && (
          <RailLink to="/mail-log" icon="log">
            {t('mailLog')}
          </RailLink>
        )}
        <RailLink to="/settings/profile" icon="settings">
          {t('settings')}
        </RailLink>
        <Myself />
      </div>
    </nav>
  )
}

function Inboxes() {
  const { t } = useTranslation('console')
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  if (inboxes.length < 2) return null
  return (
    <section className={styles.group} aria-label={t('inboxes')}>
      <h2 className={styles.groupName}>{t('inboxes')}</h2>
      {inboxes.map((inbox) => (
        <Link
          key={inbox.id}
          to="/views/$view"
          params={{ view: 'open' }}
          search={{ inbox: inbox.id }}
          activeOptions={{ includeSearch: true, exact: false }}
          className={styles.link}
          title={inbox.address}
        >
          <Icon name="inbox" />
          <span className={styles.name}>{inbox.name}</span>
        </Link>
      ))}
    </section>
  )
}

function RailLink({ to, icon, children }: { to: string; icon: IconName; children: ReactNode }) {
  return (
    <Link to={to} className={styles.link}>
      <Icon name={icon} />
      <span className={styles.name}>{children}</span>
    </Link>
  )
}
