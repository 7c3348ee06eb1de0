import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newCall } from '#features/customers/ui/commands.ts'
import { ViewLinks } from '#features/views/ui/ViewLinks.tsx'
import { inboxesQuery } from '../api/directory.ts'
import { useMe } from '../api/me.ts'
import { foldRail, goAway, newConversation, showPalette } from '../commands/desk.ts'
import { runCommand } from '../commands/registry.ts'
import { keyHint, useCommands } from '../commands/useCommands.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { lazily } from '../kit/lazily.ts'
import { NavButton } from '../kit/Nav.tsx'
import { tip } from '../kit/Tooltip.tsx'
import { Mark } from './Mark.tsx'
import { Myself } from './Myself.tsx'
import styles from './Rail.module.css'
import { RailFolded, useRailTip } from './railFolded.ts'
import { useAbsence } from './useAbsence.ts'

// Not for the first paint: what waits is counted a moment after the queue stands.
const bellAsked = Promise.withResolvers<void>()
const Bell = lazily(async () => {
  await Promise.race([bellAsked.promise, new Promise((done) => window.setTimeout(done, 1000))])
  return (await import('#features/notifications/ui/Bell.tsx')).Bell
})

const FirstStepsLink = lazily(async () => {
  await new Promise((done) => window.setTimeout(done, 1000))
  return (await import('#features/first-steps/ui/FirstStepsLink.tsx')).FirstStepsLink
})

/** Where one can go, in the order of a working day. */
export function Rail({ folded = false, onFold }: { folded?: boolean; onFold?: () => void }) {
  const { t } = useTranslation('console')
  const me = useMe()
  const { away, setAway } = useAbsence()
  const [bellOpen, setBellOpen] = useState(false)
  const foldWords = t(folded ? 'queue:railUnfold' : 'queue:railFold')
  useCommands([
    { command: foldRail, off: !onFold, words: foldWords, run: () => onFold?.() },
    {
      command: goAway,
      off: !onFold,
      words: t(away ? 'queue:cmd.back' : 'queue:cmd.away'),
      run: () => setAway(!away),
    },
  ])
  return (
    <RailFolded value={folded}>
      <nav className={styles.rail} aria-label={t('rail')} data-folded={folded || undefined}>
        <div className={styles.head}>
          <Link to="/" className={styles.brand}>
            <Mark />
            <span className={styles.brandName}>Foyer</span>
          </Link>
          {folded ? (
            <IconButton
              name="plus"
              size="small"
              look="plain"
              label={t('newConversation')}
              onClick={() => runCommand(newConversation)}
            />
          ) : (
            <Button size="small" icon="plus" onClick={() => runCommand(newConversation)}>
              {t('newConversation')}
            </Button>
          )}
        </div>
        <RailLink to="/search" icon="search">
          {t('search')}
        </RailLink>
        <NavButton
          icon="keyboard"
          end={keyHint(showPalette)}
          onClick={() => runCommand(showPalette)}
          {...(folded && tip(t('allActions'), keyHint(showPalette)))}
        >
          {t('allActions')}
        </NavButton>
        <NavButton
          icon="phone"
          end={keyHint(newCall)}
          onClick={() => runCommand(newCall)}
          {...(folded && tip(t('who:newCall'), keyHint(newCall)))}
        >
          {t('who:newCall')}
        </NavButton>
        <RailLink to="/customers" icon="person">
          {t('customers')}
        </RailLink>
        <Suspense
          fallback={
            <NavButton
              icon="bell"
              aria-haspopup="dialog"
              aria-expanded={bellOpen}
              onClick={() => {
                setBellOpen(true)
                bellAsked.resolve()
              }}
            >
              {t('bell')}
            </NavButton>
          }
        >
          <Bell commands={onFold !== undefined} open={bellOpen} onOpenChange={setBellOpen} />
        </Suspense>
        <ViewLinks />
        <Inboxes />
        <div className={styles.foot}>
          <Suspense>
            <FirstStepsLink commands={onFold !== undefined} />
          </Suspense>
          <RailLink to="/numbers" icon="chart">
            {t('numbers')}
          </RailLink>
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
          <div className={styles.self}>
            <Myself />
            {onFold && (
              <IconButton
                name="panel"
                size="small"
                label={foldWords}
                keys={keyHint(foldRail)}
                aria-expanded={!folded}
                onClick={onFold}
              />
            )}
          </div>
        </div>
      </nav>
    </RailFolded>
  )
}

function Inboxes() {
  const { t } = useTranslation('console')
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const railTip = useRailTip()
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
          {...railTip(inbox.name)}
          title={inbox.address}
        >
          <Icon name="inbox" />
          <span className={styles.name}>{inbox.name}</span>
        </Link>
      ))}
    </section>
  )
}

function RailLink({ to, icon, children }: { to: string; icon: IconName; children: string }) {
  const railTip = useRailTip()
  return (
    <Link to={to} className={styles.link} {...railTip(children)}>
      <Icon name={icon} />
      <span className={styles.name}>{children}</span>
    </Link>
  )
}
