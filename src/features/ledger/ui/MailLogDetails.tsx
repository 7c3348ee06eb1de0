import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { del, get, post, put } from '#console/api/request.ts'
import { Button, buttonClass } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { sizeWords } from '#console/time.ts'
import type { MailLogEntry } from '../ledger.contract.ts'
import styles from './MailLog.module.css'
import { reasonWords } from './reasonWords.ts'

/** One message: why it is where it is, every try, and what a person can still do with it. */
export function MailLogDetails({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const query = useQuery({
    queryKey: keys.mailLog({ id }),
    queryFn: ({ signal }) => get<MailLogEntry>(`/mail-log/${id}`, { signal }),
  })
  const entry = query.data
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={entry ? entry.subject || t(`mailLog.noSubject.${entry.gone ?? 'none'}`) : t('mailLog.title')}
      wide
    >
      {!entry && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!entry && !query.isError && <Skeleton lines={5} />}
      {entry && <Details entry={entry} />}
    </Dialog>
  )
}

function Details({ entry }: { entry: MailLogEntry }) {
  const { t, i18n } = useTranslation(['settings', 'mail'])
  const reason = entry.reason && reasonWords(entry.reason, i18n.getFixedT(null, 'mail'), i18n.language)
  return (
    <div className={styles.details}>
      <p>
        <strong>{t(`mailLog.of.${entry.outcome}`)}</strong>
        {reason && <> · {reason}</>}
        {entry.nextTryAt && entry.outcome === 'failed' && (
          <>
            {' '}
            {t('mailLog.nextTry')} <Time at={entry.nextTryAt} />.
          </>
        )}
      </p>
      <dl className={styles.facts}>
        <Fact name={t('mailLog.from')}>{entry.from}</Fact>
        <Fact name={t('mailLog.to')}>{entry.envelopeTo.join(', ')}</Fact>
        <Fact name={t('mailLog.inbox')}>{entry.inbox.name}</Fact>
        <Fact name={t('mailLog.came')}>
          <Time at={entry.receivedAt} /> · {t(`mailLog.door.${entry.door}`)}
        </Fact>
        <Fact name={t('mailLog.size')}>{sizeWords(entry.size, i18n.language)}</Fact>
        {entry.settledAt && (
          <Fact name={t('mailLog.settled')}>
            <Time at={entry.settledAt} />
          </Fact>
        )}
        <Fact name="Message-ID">{entry.messageId}</Fact>
        <Fact name="SHA-256">
          <code>{entry.sha256}</code>
        </Fact>
      </dl>
      {entry.erasedBecause !== null && <p>{t('mailLog.erased', { reason: entry.erasedBecause })}</p>}
      {entry.history.length > 0 && <Tries entry={entry} />}
      <Acts entry={entry} />
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Tries({ entry }: { entry: MailLogEntry }) {
  const { t, i18n } = useTranslation('settings')
  const words = i18n.getFixedT(null, 'mail')
  return (
    <section>
      <h3 className={styles.title}>{t('mailLog.tries')}</h3>
      <ol className={styles.tries}>
        {entry.history.map((one) => (
          <li key={one.try}>
            <Time at={one.at} /> · {reasonWords(one.error, words, i18n.language)}
          </li>
        ))}
      </ol>
    </section>
  )
}

const sayRefusal = (error: unknown) => say(reasonOf(error))
const placeable = ['failed', 'quarantined', 'ignored', 'bounce']
type Verb = 'retry' | 'start' | 'join'

/** One act at a time; what it came to is said, a refusal stands above the buttons. */
function useActs(entry: MailLogEntry) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const [busy, setBusy] = useState<Verb | null>(null)
  const [error, setError] = useState<unknown>(null)
  const act = async (verb: Verb, body: object = {}) => {
    if (busy) return
    setBusy(verb)
    setError(null)
    try {
      const { outcome } = await post<MailLogEntry>(`/mail-log/${entry.id}/${verb}`, body)
      say(t(`mailLog.done.${placeable.includes(outcome) ? 'still' : verb}`))
      await client.invalidateQueries({ queryKey: ['mail-log'] })
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(null)
    }
  }
  return { busy, error, act: (verb: Verb, body?: object) => void act(verb, body) }
}

/** Whoever it came from writes no more; taken back from the message that says so. */
async function block(address: string, t: ReturnType<typeof useTranslation>['t']): Promise<void> {
  const path = `/blocked-addresses/${encodeURIComponent(address)}`
  await put(path, {})
  say(t('mailLog.blocked', { address }), {
    act: { label: t('mailLog.unblock'), run: () => void del(path) },
  })
}

/** Its conversation and its source; for one that found no place: try again, make a conversation, join to one. */
function Acts({ entry }: { entry: MailLogEntry }) {
  const { t } = useTranslation('settings')
  const { busy, error, act } = useActs(entry)
  const { role, rights } = useMe()
  const maySee = role === 'admin' || rights.includes('source')
  const open = placeable.includes(entry.outcome)
  const failed = ['failed', 'quarantined'].includes(entry.outcome) || entry.reason === 'withheld'
  return (
    <>
      {error !== null && (
        <p className={styles.alarm} role="alert">
          {reasonOf(error)}
        </p>
      )}
      <div className={styles.acts}>
        {entry.conversation !== null && (
          <Link
            className={buttonClass('plain')}
            to="/conversations/$number"
            params={{ number: String(entry.conversation) }}
            search={entry.message ? { item: entry.message } : {}}
          >
            {t('mailLog.open', { number: entry.conversation })}
          </Link>
        )}
        {maySee && entry.outcome !== 'refused' && entry.erasedBecause === null && (
          <a className={buttonClass('plain')} href={`/api/v1/mail-log/${entry.id}/source`} download>
            {t('mailLog.source')}
          </a>
        )}
        {failed && (
          <Button busy={busy === 'retry'} onClick={() => act('retry')}>
            {t('mailLog.retry')}
          </Button>
        )}
        {open && (
          <Button busy={busy === 'start'} onClick={() => act('start')}>
            {t('mailLog.start')}
          </Button>
        )}
        {entry.from?.includes('@') && entry.reason !== 'blocked' && (
          <Button onClick={() => void block(entry.from ?? '', t).catch(sayRefusal)}>
            {t('mailLog.block')}
          </Button>
        )}
      </div>
      {open && <JoinTo busy={busy === 'join'} onJoin={(conversation) => act('join', { conversation })} />}
    </>
  )
}

function JoinTo({ busy, onJoin }: { busy: boolean; onJoin: (conversation: number) => void }) {
  const { t } = useTranslation('settings')
  const [number, setNumber] = useState('')
  return (
    <Form onSubmit={() => number && onJoin(Number(number))}>
      <Field label={t('mailLog.join')} hint={t('mailLog.joinHint')}>
        <div className={styles.join}>
          <Input
            inputMode="numeric"
            value={number}
            onChange={(typed) => setNumber(typed.replace(/\D/g, '').slice(0, 9))}
          />
          <Button type="submit" disabled={number === ''} busy={busy}>
            {t('mailLog.joinAct')}
          </Button>
        </div>
      </Field>
    </Form>
  )
}
