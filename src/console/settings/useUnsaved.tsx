import { useBlocker } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'

/** A draft of something that is saved, and whether it differs from what it began with. */
export function useEdited<T extends object>(begin: T | (() => T)) {
  const [first, setFirst] = useState(begin)
  const [value, setValue] = useState(first)
  return {
    value,
    set: (change: Partial<T>) => setValue((old) => ({ ...old, ...change })),
    unsaved: JSON.stringify(value) !== JSON.stringify(first),
    /** It is saved as it stands, or as the server made it. */
    settle: (saved: T = value) => {
      setFirst(saved)
      setValue(saved)
    },
  }
}

/** Asks before what was changed and not saved is lost: by another page, by closing the window or the dialog. */
export function useUnsaved(unsaved: boolean) {
  const { t } = useTranslation('desk')
  const latest = useRef(unsaved)
  latest.current = unsaved
  const [leaving, setLeaving] = useState<(() => void) | null>(null)
  const blocker = useBlocker({
    shouldBlockFn: () => latest.current,
    enableBeforeUnload: () => latest.current,
    withResolver: true,
  })
  const stay = () => {
    setLeaving(null)
    blocker.reset?.()
  }
  const go = () => {
    latest.current = false
    const run = leaving
    setLeaving(null)
    if (run) run()
    else blocker.proceed?.()
  }
  const dialog = (leaving || blocker.status === 'blocked') && (
    <Dialog
      open
      onOpenChange={(open) => !open && stay()}
      title={t('unsaved.title')}
      words={t('unsaved.words')}
      foot={
        <>
          <Button look="danger" onClick={go}>
            {t('unsaved.discard')}
          </Button>
          <Button look="main" onClick={stay}>
            {t('unsaved.stay')}
          </Button>
        </>
      }
    />
  )
  return { leave: (run: () => void) => (latest.current ? setLeaving(() => run) : run()), dialog }
}
