import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import type { Openable } from '#console/kit/popups.ts'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import type { Conversation, MergePreview } from '../conversations.contract.ts'
import styles from './MergeDialog.module.css'
import { mergeAll } from './mergeActs.ts'
import type { PageOfConversations } from './queries.ts'
import { statusWords } from './statusWords.ts'

export interface MergeDialogProps extends Required<Openable> {
  /** one, and the other is looked for here; or several, and it is chosen which of them goes on */
  conversations: readonly Conversation[]
  /** after they were merged */
  onMerged?: (into: number) => void
}

/** Two conversations about one matter, or more: found, looked at as one, and merged. */
export function MergeDialog({ conversations, onMerged, open, onOpenChange }: MergeDialogProps) {
  const { t } = useTranslation(['merging', 'console'])
  const alone = conversations.length === 1 ? conversations[0] : undefined
  const [found, setFound] = useState<Conversation | null>(null)
  const [stays, setStays] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const all = alone ? (found ? [alone, found] : []) : conversations
  const into = all.find(({ number }) => number === stays) ?? usual(all)
  const others = all.filter((each) => each !== into)
  const one = others.length === 1 ? others[0] : undefined
  const preview = useQuery({
    queryKey: [...keys.conversation(one?.number ?? 0), 'merge', into?.number],
    queryFn: ({ signal }) =>
      get<MergePreview>(`/conversations/${one?.number}/merge/preview`, {
        query: { into: into?.number },
        signal,
      }),
    enabled: open && one !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
  const merge = async () => {
    if (!into || busy) return
    setBusy(true)
    const numbers = others.map(({ number }) => number)
    const done = await mergeAll(numbers, into.number)
    setBusy(false)
    if (!done) return
    onOpenChange(false)
    onMerged?.(into.number)
  }
  const ready = into && others.length > 0 && (one ? preview.data !== undefined : true)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={alone ? t('title', { number: alone.number }) : t('titleMany', { count: conversations.length })}
      words={t('words')}
      wide
      foot={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('console:cancel')}</Button>
          <Button look="main" busy={busy} disabled={!ready} onClick={() => void merge()}>
            {t('act')}
          </Button>
        </>
      }
    >
      {alone && (
        <Candidates
          of={alone}
          chosen={found?.number ?? null}
          onChoose={(next) => {
            setFound(next)
            setStays(null)
          }}
        />
      )}
      {!alone && (
        <Rows
          label={t('goesOn')}
          rows={conversations}
          chosen={into?.number ?? null}
          onChoose={({ number }) => setStays(number)}
        />
      )}
      {one && preview.isPending && <Skeleton lines={4} />}
      {one && preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {one && preview.data && (
        <Preview preview={preview.data} onSwap={alone ? () => setStays(one.number) : undefined} />
      )}
      {into && others.length > 1 && <Several into={into} others={others} />}
    </Dialog>
  )
}

/** The older one goes on, where it is not locked: its number is the one that is known outside. */
const usual = (all: readonly Conversation[]): Conversation | undefined =>
  all.toSorted((a, b) => a.number - b.number).toSorted((a, b) => Number(isLocked(a)) - Number(isLocked(b)))[0]
const isLocked = ({ status }: Conversation) => status.category === 'closed'
const isOver = ({ status }: Conversation) => status.category === 'solved' || status.category === 'closed'

/** First what is open of the same customer; what is typed is looked for everywhere. */
function Candidates({
  of,
  chosen,
  onChoose,
}: {
  of: Conversation
  chosen: number | null
  onChoose: (found: Conversation) => void
}) {
  const { t } = useTranslation(['merging', 'console'])
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim().replace(/^(#|№)\s*/, ''))
  const found = useQuery({
    queryKey: ['merge-candidates', of.number, q],
    queryFn: async ({ signal }) => {
      const query = q ? { q, limit: 20 } : { customer: of.customer.id ?? '0', limit: 30 }
      const { items } = await get<PageOfConversations>('/conversations', {
        query: { view: 'all', sort: 'updated', ...query },
        signal,
      })
      const others = items.filter(({ number }) => number !== of.number)
      return q ? others : others.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)))
    },
    placeholderData: (before) => before,
    gcTime: 0,
  })
  return (
    <>
      <Field label={t('find')} hint={t('findHint')}>
        <Input value={typed} onChange={setTyped} maxLength={200} type="search" />
      </Field>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && (
        <p className={styles.none} role="status">
          {q ? t('noneFound') : t('noneOpen')}
        </p>
      )}
      {found.data && found.data.length > 0 && (
        <Rows
          label={q ? t('foundRows') : t('sameCustomer')}
          rows={found.data}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
    </>
  )
}

function Rows({
  label,
  rows,
  chosen,
  onChoose,
}: {
  label: string
  rows: readonly Conversation[]
  chosen: number | null
  onChoose: (row: Conversation) => void
}) {
  const { t } = useTranslation(['merging', 'console'])
  const { t: console } = useTranslation('console')
  return (
    <fieldset className={styles.rows}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.list}>
        {rows.map((row) => (
          <label key={row.number} className={styles.row} data-chosen={row.number === chosen || undefined}>
            <input
              type="radio"
              name="merge"
              className={styles.radio}
              checked={row.number === chosen}
              onChange={() => onChoose(row)}
            />
            <span className={styles.main}>
              <span className={styles.subject}>
                <span className={styles.number}>{t('console:numberOf', { number: row.number })}</span>{' '}
                <bdi>{row.subject || t('console:noSubject')}</bdi>
              </span>
              <span className={styles.line}>
                <bdi>{row.customer.name ?? row.customer.address ?? t('console:unknownCustomer')}</bdi>
                {' · '}
                {statusWords(row.status, console)}
                {' · '}
                <Time at={row.lastActivityAt} />
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Preview({ preview, onSwap }: { preview: MergePreview; onSwap: (() => void) | undefined }) {
  const { t } = useTranslation(['merging', 'console'])
  const { t: console } = useTranslation('console')
  const { survivor, merged, result, warnings } = preview
  const [who, other] = [nameOf(survivor), nameOf(merged)]
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      <p className={styles.swap}>
        <span>{t('into', { number: merged.number, into: survivor.number })}</span>
        {onSwap && (
          <Button size="small" look="quiet" onClick={onSwap}>
            {t('swap')}
          </Button>
        )}
      </p>
      {warnings.length > 0 && (
        <ul className={styles.warnings}>
          {warnings.map((warning) => (
            <li key={warning}>
              {t(`warning.${warning}`, { who, other, inbox: survivor.inbox.name, from: merged.inbox.name })}
            </li>
          ))}
        </ul>
      )}
      <dl className={styles.card}>
        <dt>{t('console:subject')}</dt>
        <dd>
          <bdi>{survivor.subject || t('console:noSubject')}</bdi>
        </dd>
        <dt>{t('console:customer')}</dt>
        <dd>
          <bdi>{who}</bdi>
        </dd>
        {result.participants.length > 0 && (
          <>
            <dt>{t('people')}</dt>
            <dd>
              {result.participants.map(({ name, address, confirmed }, n) => (
                <span key={address}>
                  {n > 0 && ', '}
                  <bdi>{name ? `${name} <${address}>` : address}</bdi>
                  {!confirmed && ` (${t('unconfirmed')})`}
                </span>
              ))}
            </dd>
          </>
        )}
        <dt>{t('statusOf')}</dt>
        <dd>
          <Badge>{statusWords(result.status, console)}</Badge>
        </dd>
        {result.holder && (
          <>
            <dt>{t('with')}</dt>
            <dd>
              <bdi>{result.holder.name ?? t('console:nobody')}</bdi>
            </dd>
          </>
        )}
        {result.waitingSince && (
          <>
            <dt>{t('console:waiting')}</dt>
            <dd>
              <Time at={result.waitingSince} />
            </dd>
          </>
        )}
        {result.snoozedUntil && (
          <>
            <dt>{t('snoozed')}</dt>
            <dd>
              <Time at={result.snoozedUntil} />
            </dd>
          </>
        )}
        {result.tags.length > 0 && (
          <>
            <dt>{t('tags')}</dt>
            <dd>{result.tags.join(', ')}</dd>
          </>
        )}
      </dl>
      <p className={styles.line}>{t('canUndo')}</p>
    </section>
  )
}

const nameOf = ({ customer }: Conversation) => customer.name ?? customer.address ?? '?'

/** Of many the look says what is worth a second thought. */
function Several({ into, others }: { into: Conversation; others: readonly Conversation[] }) {
  const { t } = useTranslation(['merging', 'console'])
  const strangers = others.filter(({ customer }) => customer.id !== into.customer.id)
  const elsewhere = others.some(({ inbox }) => inbox.id !== into.inbox.id)
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      <p>{t('intoMany', { count: others.length, into: into.number })}</p>
      {(strangers.length > 0 || elsewhere) && (
        <ul className={styles.warnings}>
          {strangers.length > 0 && (
            <li>{t('warning.customers', { names: [...new Set(strangers.map(nameOf))].join(', ') })}</li>
          )}
          {elsewhere && <li>{t('warning.inboxes')}</li>}
        </ul>
      )}
      <p className={styles.line}>{t('canUndo')}</p>
    </section>
  )
}
