import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Message } from '../conversations.contract.ts'
import styles from './DeliveryLine.module.css'
import { hideUndoBar } from './undoBar.ts'
import { undoSending } from './undoSending.ts'

const broken = new Set(['failed', 'bounced', 'uncertain'])

/** How far our message has come, with the other server's words on a click. */
export function DeliveryLine({ message, number, last }: { message: Message; number: number; last: boolean }) {
  const { t } = useTranslation('console')
  const me = useMe()
  const [open, setOpen] = useState(false)
  const { state } = message
  const settle = () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
  const undo = useMutation({ mutationFn: () => undoSending(number, message) })
  const again = useMutation({
    mutationFn: () => {
      hideUndoBar(message.id)
      return put(`/messages/${message.id}/sending`)
    },
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: settle,
  })
  const discard = useMutation({
    mutationFn: () => del(`/messages/${message.id}/sending`),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: settle,
  })
  const { stopped } = message
  useEffect(() => {
    if (stopped) hideUndoBar(message.id)
  }, [stopped, message.id])
  if (!state) return null
  // A colleague's words are the colleague's to take back.
  const mine = message.author.id === me.id
  const bad = broken.has(state) || stopped
  const lastAttempt = message.deliveries.flatMap((delivery) => delivery.attempts).at(-1)
  return (
    <div className={styles.delivery} data-bad={bad || undefined}>
      <button type="button" className={styles.state} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(stopped ? 'delivery.stopped' : `delivery.${state}`)}
        {state === 'held' && message.undoUntil && <Left until={message.undoUntil} />}
        {(bad || (last && message.deliveries.length > 1)) &&
          lastAttempt &&
          `: ${lastAttempt.code ?? ''} ${lastAttempt.text}`}
      </button>
      {state === 'held' && mine && (
        <Button look="quiet" size="small" busy={undo.isPending} onClick={() => undo.mutate()}>
          {t(stopped ? 'delivery.edit' : 'undo')}
        </Button>
      )}
      {stopped && mine && (
        <Button look="quiet" size="small" busy={discard.isPending} onClick={() => discard.mutate()}>
          {t('discard')}
        </Button>
      )}
      {(state === 'failed' || state === 'bounced' || state === 'held' || state === 'scheduled') && (
        <Button look="quiet" size="small" busy={again.isPending} onClick={() => again.mutate()}>
          {t(againWords(message))}
        </Button>
      )}
      {open && <Attempts message={message} />}
    </div>
  )
}

function againWords({ state, stopped }: Message) {
  if (stopped) return 'sendAnyway'
  return state === 'held' || state === 'scheduled' ? 'sendNow' : 'tryAgain'
}

function Attempts({ message }: { message: Message }) {
  const { t } = useTranslation('console')
  return (
    <ul className={styles.attempts}>
      {message.deliveries.map((delivery) => (
        <li key={delivery.recipient}>
          <span className={styles.recipient}>{delivery.recipient}</span> {t(`delivery.${delivery.state}`)}
          {delivery.attempts.map((attempt) => (
            <div key={attempt.at} className={styles.attempt}>
              <Time at={attempt.at} /> {attempt.code} {attempt.text}
            </div>
          ))}
        </li>
      ))}
    </ul>
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
