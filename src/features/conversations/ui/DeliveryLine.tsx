import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { BareButton, Button } from '#console/kit/Button.tsx'
import { lazily } from '#console/kit/lazily.ts'
import { fullTime } from '#console/time.ts'
import type { Message } from '../conversations.contract.ts'
import styles from './DeliveryLine.module.css'
import { hideUndoBar } from './undoBar.ts'
import { useSendings } from './useSendings.ts'

const Deliveries = lazily(async () => (await import('./Deliveries.tsx')).Deliveries)
const broken = new Set(['failed', 'bounced', 'uncertain'])

/** How far our message has come, with the other server's words on a click. */
export function DeliveryLine({ message, number, last }: { message: Message; number: number; last: boolean }) {
  const { t } = useTranslation('console')
  const [open, setOpen] = useState(false)
  const sendings = useSendings(message, number)
  const { state, stopped } = message
  useEffect(() => {
    if (stopped) hideUndoBar(message.id)
  }, [stopped, message.id])
  if (!state) return null
  const bad = broken.has(state) || stopped
  // The words that explain the state shown: those of the recipient who is in it.
  const lastAttempt = message.deliveries.find((delivery) => delivery.state === state)?.attempts.at(-1)
  return (
    <div className={styles.delivery} data-bad={bad || undefined}>
      <BareButton className={styles.state} aria-expanded={open} onClick={() => setOpen(!open)}>
        <StateWords message={message} />
        {(bad || (last && message.deliveries.length > 1)) &&
          lastAttempt &&
          `: ${lastAttempt.code ?? ''} ${lastAttempt.text}`}
      </BareButton>
      <UndoWindow message={message} sendings={sendings} />
      {(state === 'failed' || state === 'bounced') && (
        <Button
          look="quiet"
          size="small"
          busy={sendings.release.isPending}
          onClick={() => sendings.release.mutate()}
        >
          {t('tryAgain')}
        </Button>
      )}
      {bad && !open && !stopped && (
        <Button look="quiet" size="small" onClick={() => setOpen(true)}>
          {t('timeline:sendElsewhere')}
        </Button>
      )}
      {open && (
        <Suspense>
          <Deliveries message={message} sendings={sendings} />
        </Suspense>
      )}
    </div>
  )
}

function StateWords({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('console')
  const { state, stopped, undoUntil, sendAt } = message
  if (stopped) return t('delivery.stopped')
  if (state === 'scheduled' && sendAt)
    return t('timeline:goesOutAt', { time: fullTime(sendAt, i18n.language) })
  return (
    <>
      {t(`delivery.${state}`)}
      {state === 'held' && undoUntil && <Left until={undoUntil} />}
    </>
  )
}

/** In the undo window: back into the editor, or off at once. What waits longer is asked about above the box. */
function UndoWindow({ message, sendings }: { message: Message; sendings: ReturnType<typeof useSendings> }) {
  const { t } = useTranslation('console')
  const me = useMe()
  // A colleague's words are the colleague's to take back.
  if (message.state !== 'held' || message.stopped || message.author.id !== me.id) return null
  return (
    <>
      <Button
        look="quiet"
        size="small"
        busy={sendings.takeBack.isPending}
        onClick={() => sendings.takeBack.mutate()}
      >
        {t('undo')}
      </Button>
      <Button
        look="quiet"
        size="small"
        busy={sendings.release.isPending}
        onClick={() => sendings.release.mutate()}
      >
        {t('sendNow')}
      </Button>
    </>
  )
}

function Left({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 500)
    return () => window.clearInterval(timer)
  }, [])
  const seconds = Math.ceil((Date.parse(until) - now) / 1000)
  return seconds > 0 ? <span className={styles.left}> {seconds}</span> : null
}
