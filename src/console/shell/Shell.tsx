import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NewConversation } from '#features/conversations/ui/NewConversation.tsx'
import { useTakeNext } from '#features/conversations/ui/queue/useTakeNext.ts'
import { NewCall } from '#features/customers/ui/NewCall.tsx'
import { noteKeyboard } from '#features/first-steps/ui/firstSteps.ts'
import { useMe } from '../api/me.ts'
import { keepLetters } from '../commands/listen.ts'
import { KeyHelp, Palette } from '../commands/onDemand.ts'
import { useDeskCommands } from '../commands/useDeskCommands.ts'
import { Drawer } from '../kit/Dialog.tsx'
import { lazily } from '../kit/lazily.ts'
import { useLiveLine } from '../live/useLive.ts'
import { hearTabs } from '../offline/tabs.ts'
import { OfflineBar } from './OfflineBar.tsx'
import { Rail } from './Rail.tsx'
import { RailDrawer } from './railDrawer.ts'
import styles from './Shell.module.css'
import { SignInAgain } from './SignInAgain.tsx'
import { useFolded } from './useFolded.ts'
import { useKeptFiles, useOutcomes } from './useOutcomes.ts'

// Not for the first paint: it is rare, and the first screen is to come in few requests.
const LedgerBanner = lazily(async () => {
  await new Promise((done) => window.setTimeout(done, 1000))
  return (await import('#features/ledger/ui/LedgerBanner.tsx')).LedgerBanner
})

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
  useTakeNext()
  useKeptFiles(me.id)
  useEffect(() => hearTabs(me.id), [me.id])
  useDeskCommands(me.settings.singleKeys, {
    help: () => {
      setHelpOpen(true)
      noteKeyboard()
    },
    palette: () => {
      keepLetters()
      setPaletteOpen(true)
    },
    newConversation: () => setWriting(true),
  })
  return (
    <RailDrawer value={() => setRailOpen(true)}>
      <div className={styles.desk} data-rail-folded={folded || undefined}>
        <a href="#place" className={styles.skip}>
          {t('skipToContent')}
        </a>
        <div className={styles.bars}>
          <OfflineBar />
          {me.role === 'admin' && (
            <Suspense fallback={null}>
              <LedgerBanner />
            </Suspense>
          )}
        </div>
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
