import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import type { Openable } from '#console/kit/popups.ts'
import { say } from '#console/kit/Toast.tsx'
import { readerZone } from '#console/zone.ts'
import styles from './PrintDialog.module.css'
import { printPage } from './printPage.ts'

export interface PrintDialogProps extends Required<Openable> {
  number: number
}

/** The whole conversation on paper, as PDF (by the browser's own print dialog) or as one file. */
export function PrintDialog({ number, open, onOpenChange }: PrintDialogProps) {
  const { t } = useTranslation('timeline')
  const [comments, setComments] = useState(false)
  const [history, setHistory] = useState(false)
  const [events, setEvents] = useState(false)
  const [busy, setBusy] = useState(false)
  const query = new URLSearchParams({
    comments: String(comments),
    history: String(history),
    events: String(events),
    zone: readerZone(),
  })
  const page = `/api/v1/conversations/${number}/document?${query}`
  const print = async () => {
    setBusy(true)
    try {
      await printPage(page)
      onOpenChange(false)
    } catch {
      say(t('printFailed'), { tone: 'broken' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('print')}
      words={t('printWords')}
      foot={
        <>
          <a
            className={buttonClass()}
            href={`${page}&download=true`}
            download
            onClick={() => onOpenChange(false)}
          >
            <Icon name="download" />
            {t('saveHtml')}
          </a>
          <Button look="main" icon="print" busy={busy} onClick={() => void print()}>
            {t('printNow')}
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        <Checkbox checked={comments} onChange={setComments} label={t('printComments')} />
        <Checkbox checked={history} onChange={setHistory} label={t('printHistory')} />
        <Checkbox checked={events} onChange={setEvents} label={t('printEvents')} />
      </div>
    </Dialog>
  )
}
