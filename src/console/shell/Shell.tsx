import { Outlet, useLocation } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NewConversation } from '#features/conversations/ui/NewConversation.tsx'
import { NewCall } from '#features/customers/ui/NewCall.tsx'
import { noteKeyboard } from '#features/first-steps/ui/firstSteps.ts'
import { useMe } from '../api/me.ts'
import { KeyHelp, Palette } from '../commands/onDemand.ts'
import { useDeskCommands } from '../commands/useDeskCommands.ts'
import { Drawer } from '../kit/Dialog.tsx'
import { useLiveLine } from '../live/useLive.ts'
import { hearTabs } from '../offline/tabs.ts'
import { OfflineBar } from './OfflineBar.tsx'
import { Rail } from './Rail.tsx'
import { RailDrawer } from './railDrawer.ts'
import styles from './Shell.module.css'
import { SignInAgain } from './SignInAgain.tsx'
import { useFolded } from './useFolded.ts'
import { useOutcomes } from './useOutcomes.ts'

/** The frame around every screen of the desk: rail, place, what floats. */
export function Shell() {
  const { t } = useTranslation('console')
  const me = useMe()
  const [railOpen, setRailOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const [writing, setWriting] = useState(false)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [folded, fold] = useFolded(me.id)
  const closeRail = useCallback(() => setRailOpen(false), [])
  useLiveLine()
  useOutcomes()
  useEffect(() => hearTabs(me.id), [me.id])
  useDeskCommands(me.settings.singleKeys, {
    help: () => {
      setHelpOpen(true)
      noteKeyboard()
    },
    palette: () => setPaletteOpen(true),
    newConversation: () => setWriting(true),
  })
  return (
    <RailDrawer value={() => setRailOpen(true)}>
      <div className={styles.desk} data-rail-folded={folded || undefined}>
        <a href="#place" className={styles.skip}>
          {t('skipToContent')}
        </a>
        <OfflineBar />
        <OnGoing run={closeRail} />
        <div className={styles.rail}>
          <Rail folded={folded} onFold={fold} />
        </div>
        <main className={styles.place} id="place" tabIndex={-1}>
          <Outlet />
        </main>
        <Drawer open={railOpen} onOpenChange={setRailOpen} label={t('rail')}>
          <Rail />
        </Drawer>
        <KeyHelp open={helpOpen} onOpenChange={setHelpOpen} />
        <Palette open={paletteOpen} onOpenChange={setPaletteOpen} />
        {writing && <NewConversation onClose={() => setWriting(false)} />}
        <NewCall />
        <SignInAgain />
      </div>
    </RailDrawer>
  )
}

/** Going anywhere closes the drawer. Apart from the frame, which stays as it is wherever one goes. */
function OnGoing({ run }: { run: () => void }) {
  const href = useLocation({ select: (location) => location.href })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time another place is gone to
  useEffect(run, [href])
  return null
}
