import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../api/ApiError.ts'
import { del } from '../api/request.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { say } from '../kit/Toast.tsx'

interface Removal {
  path: string
  title: string
  words: string
  /** the words on the button */
  act: string
  done: () => unknown
}

/** Asks once, in words that say what will be gone, then removes. */
export function useRemoval() {
  const { t } = useTranslation('settings')
  const [asked, setAsked] = useState<Removal | null>(null)
  const [busy, setBusy] = useState(false)
  const remove = async (what: Removal) => {
    setBusy(true)
    try {
      await del(what.path)
      await what.done()
      setAsked(null)
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    } finally {
      setBusy(false)
    }
  }
  const dialog = asked && (
    <Dialog
      open
      onOpenChange={(open) => !open && setAsked(null)}
      title={asked.title}
      words={asked.words}
      foot={
        <>
          <Button onClick={() => setAsked(null)}>{t('cancel')}</Button>
          <Button look="danger" busy={busy} onClick={() => void remove(asked)}>
            {asked.act}
          </Button>
        </>
      }
    />
  )
  return { ask: setAsked, dialog }
}
