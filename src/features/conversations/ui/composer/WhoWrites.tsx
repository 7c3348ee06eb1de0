import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { agentsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, get, post, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { say } from '#console/kit/Toast.tsx'
import { usePresent } from '#console/live/useLive.ts'
import { shortTime } from '#console/time.ts'
import { settleWriting } from '#console/writing/settleWriting.ts'
import { awayWords } from '#features/agents/ui/away.ts'
import type { Draft } from '#features/drafts/drafts.contract.ts'
import { flush, refresh } from '#features/drafts/ui/draftStore.ts'
import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { Words } from '../Words.tsx'

interface Writer {
  agent: string
  name: string
  since: string
  typing: boolean
}

/** Colleagues who write here, in place and not in the way: their draft on a click, their pen for the asking. */
export function WhoWrites({
  conversation,
  onWrite,
}: {
  conversation: OpenedConversation
  onWrite: () => void
}) {
  const me = useMe()
  const present = usePresent(conversation.number)
  const [passed, setPassed] = useState<readonly string[]>([])
  const typing = present
    .filter((person) => person.doing === 'replying')
    .map(({ agent, name, since }) => ({ agent, name, since, typing: true }))
  const begun = conversation.drafts
    .filter(({ agent }) => agent.id !== me.id && !typing.some((each) => each.agent === agent.id))
    .map(({ agent, since }) => ({ agent: agent.id, name: agent.name, since, typing: false }))
  return [...typing, ...begun].map((writer) => (
    <Writing
      key={writer.agent}
      writer={writer}
      number={conversation.number}
      slim={passed.includes(writer.agent)}
      hasDraft={conversation.drafts.some(({ agent }) => agent.id === writer.agent)}
      onPass={() => {
        setPassed((old) => [...old, writer.agent])
        onWrite()
      }}
    />
  ))
}

function Writing({
  writer,
  number,
  slim,
  hasDraft,
  onPass,
}: {
  writer: Writer
  number: number
  /** The reader goes on all the same. */
  slim: boolean
  hasDraft: boolean
  onPass: () => void
}) {
  const { t, i18n } = useTranslation('composer')
  const [open, setOpen] = useState(false)
  const take = useTaking(number, writer)
  const since = shortTime(writer.since, Date.now(), i18n.language)
  const { data: agents = [] } = useQuery(agentsQuery)
  const colleague = agents.find(({ id }) => id === writer.agent)
  // Whoever types is here, whatever was planned.
  const away = !writer.typing && colleague && awayWords(colleague)
  return (
    <div className={styles.writer} data-typing={writer.typing || undefined}>
      <span className={styles.grow} role="status">
        {t(writer.typing ? 'writesSince' : 'hasBegun', { name: writer.name, since })}
        {away && ` · ${away}`}
      </span>
      {hasDraft && (
        <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'draftHide' : 'draftShow')}
        </Button>
      )}
      {!slim && (
        <Button size="small" look="quiet" onClick={onPass}>
          {t('writeAnyway')}
        </Button>
      )}
      {open && <Shown writer={writer} number={number} />}
      {open && (
        <div className={styles.writerActs}>
          <Button size="small" busy={take.busy} disabled={take.asked} onClick={take.run}>
            {t('takeOver')}
          </Button>
          {take.asked && <span role="status">{t('asked', { name: writer.name })}</span>}
        </div>
      )}
    </div>
  )
}

/** A colleague's words, to be read only. She sees who looks. */
function Shown({ writer, number }: { writer: Writer; number: number }) {
  const { t } = useTranslation('composer')
  const draft = useQuery({
    queryKey: [...keys.draft(number), writer.agent],
    queryFn: ({ signal }) =>
      get<Draft>(`/conversations/${number}/draft`, { query: { agent: writer.agent }, signal }),
    retry: false,
    gcTime: 0,
  })
  if (draft.isPending) return null
  if (draft.isError) return <p className={styles.theirs}>{reasonOf(draft.error)}</p>
  return (
    <section className={styles.theirs} aria-label={t('draftOf', { name: writer.name })}>
      <Words text={draft.data.text} />
      {draft.data.attachments.map((file) => (
        <p key={file.id} className={styles.theirFile}>
          <Icon name="clip" size={14} /> {file.name}
        </p>
      ))}
    </section>
  )
}

/** ms after which a writer who says nothing counts as resting, and a little */
const rest = 21_000

/** The pen moves at once when its owner rests; while she types she is asked, and it moves when she rests. */
function useTaking(number: number, writer: Writer) {
  const { t } = useTranslation('composer')
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const taken = async () => {
    setAsked(false)
    await refresh(number, 'draft').catch(() => {})
    for (const queryKey of [keys.draft(number), keys.conversation(number), keys.drafts])
      void queryClient.invalidateQueries({ queryKey })
    say(t('taken', { name: writer.name }))
  }
  const attempt = async (): Promise<boolean> => {
    // What was begun here stands below it: the server must have it first.
    settleWriting()
    await flush(number, 'draft')
    try {
      await post(`/conversations/${number}/draft/takeover`, { agent: writer.agent })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'being_written') return false
      throw error
    }
    return true
  }
  const run = async () => {
    setBusy(true)
    try {
      if (await attempt()) await taken()
      else {
        await put(`/conversations/${number}/draft/asked`, { agent: writer.agent })
        setAsked(true)
      }
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
    setBusy(false)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: one wait per asking
  useEffect(() => {
    if (!asked) return
    let timer = 0
    const wait = () => {
      timer = window.setTimeout(async () => {
        try {
          if (await attempt()) await taken()
          else wait()
        } catch {
          // She gave it, sent it or let it go: the line of events has told.
          setAsked(false)
        }
      }, rest)
    }
    wait()
    return () => window.clearTimeout(timer)
  }, [asked])
  return { busy, asked, run: () => void run() }
}

/** What the writer of a draft is told: who has read it, and who asks for the pen. */
export function Watched({ number, draft }: { number: number; draft: DraftInHand }) {
  const { t, i18n } = useTranslation('composer')
  const { onServer } = draft
  const answer = useMutation({
    mutationFn: async (give: boolean) => {
      settleWriting()
      if (give) await flush(number, 'draft')
      await del(`/conversations/${number}/draft/asked`, { query: { give } })
      await refresh(number, 'draft')
    },
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.draft(number) }),
  })
  if (!onServer) return null
  const { askedBy, viewers } = onServer
  const [last] = viewers
  return (
    <>
      {askedBy && (
        <div className={styles.writer} data-typing="" role="alert">
          <span className={styles.grow}>{t('asksForPen', { name: askedBy.name })}</span>
          <Button size="small" busy={answer.isPending} onClick={() => answer.mutate(true)}>
            {t('givePen')}
          </Button>
          <Button size="small" look="quiet" onClick={() => answer.mutate(false)}>
            {t('keepPen')}
          </Button>
        </div>
      )}
      {!askedBy && last && (
        <p className={styles.notice} role="status">
          <Icon name="eye" size={14} />{' '}
          {t('haveLooked', {
            names: viewers.map(({ name }) => name).join(', '),
            at: shortTime(last.at, Date.now(), i18n.language),
          })}
        </p>
      )}
    </>
  )
}
