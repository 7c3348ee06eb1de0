import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, codeOf, reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { say } from '#console/kit/Toast.tsx'
import { emojiOffers } from '#console/writing/emoji.ts'
import { RichArea } from '#console/writing/RichArea.tsx'
import { settleWriting } from '#console/writing/settleWriting.ts'
import { boxOf } from '#features/attachments/ui/bringKept.ts'
import { UploadList } from '#features/attachments/ui/UploadList.tsx'
import { useUploads } from '#features/attachments/ui/useUploads.ts'
import type { NewConsult } from '#features/consults/consults.contract.ts'
import { filesOf, isEmpty, settle } from '#features/drafts/ui/draftStore.ts'
import type { Comment, OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { joinItems, patchOpened } from '../cache.ts'
import { freshenLists } from '../queue/freshenLists.ts'
import { AskLine, usualHow } from './AskLine.tsx'
import { AskPreview } from './AskPreview.tsx'
import { asksIn } from './asking.ts'
import { AttachButton, DraftSaved, FormatsButton, pictureAddress, useDrop, useFormats } from './boxParts.tsx'
import type { DraftBoxProps } from './boxProps.ts'
import { mentionsIn } from './mentionsIn.ts'
import { useColleagues } from './useColleagues.ts'

/** Words for colleagues only. */
export function CommentBox({ conversation, focusAsked, onSeen, draft, place }: DraftBoxProps) {
  const { t } = useTranslation('console')
  const { number } = conversation
  const { content } = draft
  const [stop, setStop] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const attempt = useRef({ written: '', key: '' })
  const sureOf = useRef<Pick<NewConsult, 'anyway' | 'outside'>>({})
  const { formats, toggle } = useFormats()
  const uploads = useUploads(draft.attach, boxOf(number, 'comment-draft'))
  const over = useDrop(place, uploads.add)
  const { colleagues, teams, sees, offer } = useColleagues(conversation)
  const offers = useMemo(() => ({ '@': offer, ':': emojiOffers }), [offer])
  const onItsWay = uploads.uploads.some((file) => file.error === null)
  const mentioned = mentionsIn(content.text, colleagues)
  const asked = useMemo(() => asksIn(content.text, teams), [content.text, teams])
  const [how, setHow] = useState(usualHow)
  /** a second question, or one to somebody outside, is asked about first */
  const [doubt, setDoubt] = useState<ApiError | null>(null)
  const strangers = colleagues.filter((agent) => mentioned.includes(agent.id) && !sees(agent.id))

  /** Without a line it goes out later by itself; the next one may be begun. */
  function onKept() {
    attempt.current = { written: '', key: '' }
    setBusy(false)
    void draft.discard()
    say(t('console:commentWaits'))
  }

  const questionOf = (now: { text: string; html: string | null }): NewConsult => ({
    to: asksIn(now.text, teams).map(({ to }) => to),
    text: now.text.trimEnd(),
    ...(now.html === null ? {} : { html: now.html }),
    include: { message: how.message, thread: how.thread, attachments: how.files },
    answerBy: new Date(Date.now() + Number(how.answerIn) * 3600_000).toISOString(),
  })

  /** @param sure what was asked about already */
  async function save(sure: Pick<NewConsult, 'anyway' | 'outside'> = {}) {
    const now = draft.now()
    if (busy || onItsWay || isEmpty(now)) return
    const asks = asksIn(now.text, teams).length > 0
    const files = filesOf(now).map((file) => file.id)
    const body = asks
      ? { ...questionOf(now), attachments: files, ...sure }
      : {
          text: now.text.trimEnd(),
          ...(now.html === null ? {} : { html: now.html }),
          mentions: mentionsIn(now.text, colleagues),
          attachments: files,
          ...(stop ? { stop } : {}),
        }
    const written = JSON.stringify({ ...body, answerBy: asks && how.answerIn })
    if (attempt.current.written !== written) attempt.current = { written, key: newKey() }
    setBusy(true)
    setError(null)
    setDoubt(null)
    try {
      await settle(number, 'comment-draft')
      const comment = await post<Comment>(
        `/conversations/${number}/${asks ? 'consults' : 'comments'}`,
        body,
        {
          idempotencyKey: attempt.current.key,
          // A question is not kept for later: by then somebody may have answered it.
          ...(asks ? {} : { waits: { kind: 'comment' as const, conversation: number, onKept } }),
        },
      )
      attempt.current = { written: '', key: '' }
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, { items: joinItems(old?.items ?? [], [comment]) }),
      )
      onSeen(comment)
      setStop(false)
      setHow(usualHow)
      if (draft.now().text.trimEnd() === body.text) void draft.discard().then(() => freshenLists([number]))
      void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
    } catch (problem) {
      const code = codeOf(problem)
      if (problem instanceof ApiError && (code === 'already_asked' || code === 'outside_address')) {
        setDoubt(problem)
        sureOf.current = sure
      } else setError(reasonOf(problem))
      draft.change(isEmpty(draft.now()) ? { text: now.text, html: now.html } : {})
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={styles.box} data-drop={over || undefined}>
      <RichArea
        label={t('commentText')}
        placeholder={t('commentPlaceholder')}
        words={content}
        onChange={draft.change}
        onFiles={uploads.add}
        onPicture={async (file) => {
          const picture = await uploads.addPicture(file)
          return picture && pictureAddress(picture.id)
        }}
        onSubmit={() => void save()}
        focusAsked={focusAsked}
        offers={offers}
        formats={formats}
      />
      <UploadList
        attachments={filesOf(content).filter((file) => !file.inline)}
        uploads={uploads.uploads}
        onRemove={draft.detach}
        onDrop={uploads.drop}
        onAgain={uploads.again}
      />
      {strangers.length > 0 && (
        <p className={styles.hint} role="status">
          {t('composer:mentionStrangers', { names: strangers.map((agent) => agent.name).join(', ') })}
        </p>
      )}
      {asked.length > 0 && (
        <AskLine
          asked={asked}
          how={how}
          onChange={setHow}
          conversation={conversation}
          body={() => questionOf(draft.now())}
        />
      )}
      {doubt?.code === 'already_asked' && (
        <div className={styles.trouble} role="alert">
          {doubt.message}{' '}
          <Button size="small" onClick={() => void save({ ...sureOf.current, anyway: true })}>
            {t('asked:askAnyway')}
          </Button>{' '}
          <Button size="small" look="quiet" onClick={() => setDoubt(null)}>
            {t('composer:back')}
          </Button>
        </div>
      )}
      {doubt?.code === 'outside_address' && (
        <AskPreview
          number={number}
          body={questionOf(draft.now())}
          warning={doubt.message}
          onClose={() => setDoubt(null)}
          onSend={() => void save({ ...sureOf.current, outside: true })}
        />
      )}
      {error && (
        <div className={styles.trouble} data-broken="" role="alert">
          {t('commentFailed', { reason: error })}
        </div>
      )}
      <div className={styles.foot}>
        <AttachButton onFiles={uploads.add} />
        <FormatsButton formats={formats} onToggle={toggle} />
        <Checkbox checked={stop} onChange={setStop} label={t('commentStop')} />
        <DraftSaved draft={draft} />
        <div className={styles.send}>
          <Button
            look="comment"
            busy={busy}
            disabled={isEmpty(content) || onItsWay}
            onClick={() => {
              settleWriting()
              void save()
            }}
            title="Ctrl+Enter"
          >
            {t(asked.length > 0 ? 'asked:ask' : 'commentSave')}
          </Button>
        </div>
      </div>
    </div>
  )
}
