import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { useDeskCommands } from '../commands/useDeskCommands.ts'
import { Drawer } from '../kit/Dialog.tsx'
import { onDemandAlone } from '../kit/onDemand.tsx'
import { useLiveLine } from '../live/useLive.ts'
import { OfflineBar } from './OfflineBar.tsx'
import { Rail } from './Rail.tsx'
import { RailDrawer } from './railDrawer.ts'
import styles from './Shell.module.css'
import { SignInAgain } from './SignInAgain.tsx'

const KeyHelp = onDemandAlone<{ open: boolean; onOpenChange: (open: boolean) => void }>(
  async () => (await import('../commands/KeyHelp.tsx')).KeyHelp,
)

/** The frame around every screen of the desk: rail, place, what floats. */
export function Shell() {
  const { t } = useTranslation('console')
  const me = useMe()
  const [railOpen, setRailOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const { href } = useLocation()
  useLiveLine()
  useDeskCommands(me.settings.singleKeys, () => setHelpOpen(true))
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the drawer
  useEffect(() => setRailOpen(false), [href])
  return (
    <RailDrawer value={() => setRailOpen(true)}>
      <div className={styles.desk}>
        <a href="#place" className={styles.skip}>
          {t('skipToContent')}
        </a>
        <OfflineBar />
        <div className={styles.rail}>
          <Rail onHelp={() => setHelpOpen(true)} />
        </div>
        <main className={styles.place} id="place" tabIndex={-1}>
          <Outlet />
        </main>
        <Drawer open={railOpen} onOpenChange={setRailOpen} label={t('rail')}>
          <Rail onHelp={() => setHelpOpen(true)} />
        </Drawer>
        <KeyHelp open={helpOpen} onOpenChange={setHelpOpen} />
        <SignInAgain />
      </div>
    </RailDrawer>
  )
}
