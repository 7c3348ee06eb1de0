import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { sizeWords } from '#console/time.ts'
import { emojiOffers } from '#console/writing/emoji.ts'
import { RichArea } from '#console/writing/RichArea.tsx'
import { settleWriting } from '#console/writing/settleWriting.ts'
import { UploadList } from '#features/attachments/ui/UploadList.tsx'
import { useUploads } from '#features/attachments/ui/useUploads.ts'
import { parseAddresses } from '#features/drafts/ui/addresses.ts'
import { type Content, filesOf } from '#features/drafts/ui/draftStore.ts'
import type { Message, NewForward, OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { joinItems, patchOpened } from '../cache.ts'
import { showUndoBar } from '../undoBar.ts'
import { undoSending } from '../undoSending.ts'
import { AttachButton, FormatsButton, pictureAddress, useDrop, useFormats } from './boxParts.tsx'
import type { BoxProps } from './boxProps.ts'
import { RecipientLine } from './Recipients.tsx'

type Written = Pick<Content, 'text' | 'html' | 'attachments'>
const offers = { ':': emojiOffers }

/** Passes a message on to somebody outside: its words and files below one's own, or the mail itself as a file. */
export function ForwardBox({
  conversation,
  item,
  onSeen,
  onDone,
}: BoxProps & { item: string | null; onDone: () => void }) {
  const { t, i18n } = useTranslation('composer')
  const { number } = conversation
  const [to, setTo] = useState('')
  const [words, setWords] = useState<Written>({ text: '', html: null, attachments: [] })
  const latest = useRef(words)
  latest.current = words
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const place = useRef<HTMLFormElement>(null)
  const uploads = useUploads((file) => change({ attachments: [...latest.current.attachments, file] }))
  const over = useDrop(place, uploads.add)
  const { formats, toggle } = useFormats()
  const [asFile, setAsFile] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const attempt = useRef({ written: '', key: '' })
  const original = conversation.items.find(
    (each): each is Message => each.type === 'message' && each.id === item,
  )
  const files = original?.attachments.filter((file) => !file.inline) ?? []

  const onItsWay = uploads.uploads.some((file) => file.error === null)

  function change(part: Partial<Written>) {
    latest.current = { ...latest.current, ...part }
    setWords(latest.current)
  }

  async function send() {
    settleWriting()
    if (busy || onItsWay) return
    const { text, html } = latest.current
    const { good, bad } = parseAddresses(to)
    if (bad.length > 0) return setError(t('badRecipients', { names: bad.join(', ') }))
    if (good.length === 0) return setError(t('forwardToWhom'))
    setBusy(true)
    setError(null)
    const body: NewForward = {
      to: good,
      ...(text.trim() ? { text } : {}),
      ...(html === null ? {} : { html }),
      ...(item ? { item } : {}),
      ...(asFile ? { asAttachment: true } : {}),
      ...(left.size > 0 && !asFile ? { files: files.flatMap(({ id }) => (left.has(id) ? [] : [id])) } : {}),
      attachments: filesOf(latest.current).map((file) => file.id),
    }
    const written = JSON.stringify(body)
    if (attempt.current.written !== written) attempt.current = { written, key: newKey() }
    try {
      const message = await post<Message>(`/conversations/${number}/forwards`, body, {
        idempotencyKey: attempt.current.key,
      })
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, { items: joinItems(old?.items ?? [], [message]), lastItem: message.id }),
      )
      onSeen(message)
      void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
      showUndoBar(message, () => void undoSending(number, message, null))
      onDone()
    } catch (problem) {
      setError(reasonOf(problem))
      setBusy(false)
    }
  }

  return (
    <form
      className={styles.box}
      ref={place}
      data-drop={over || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        // The writing area answers these keys itself.
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) void send()
      }}
    >
      <div className={styles.forward}>
        <RecipientLine label={t('console:to')} value={to} onChange={setTo} autoFocus />
      </div>
      <RichArea
        label={t('forwardWords')}
        placeholder={t('forwardPlaceholder')}
        words={words}
        onChange={change}
        onFiles={uploads.add}
        onPicture={async (file) => {
          const picture = await uploads.addPicture(file)
          return picture && pictureAddress(picture.id)
        }}
        onSubmit={() => void send()}
        focusAsked={0}
        offers={offers}
        formats={formats}
      />
      <div className={styles.forward}>
        <p className={styles.hint}>
          {t('forwardWhat', { name: original?.author.name ?? original?.author.address ?? t('somebody') })}
        </p>
        {!asFile && files.length > 0 && (
          <fieldset className={styles.choices}>
            <legend className={styles.hint}>{t('forwardFiles')}</legend>
            {files.map((file) => (
              <Checkbox
                key={file.id}
                checked={!left.has(file.id)}
                onChange={(along) =>
                  setLeft(new Set(along ? [...left].filter((id) => id !== file.id) : [...left, file.id]))
                }
                label={
                  <span>
                    <bdi>{file.name}</bdi>{' '}
                    <span className={styles.hint}>{sizeWords(file.size, i18n.language)}</span>
                  </span>
                }
              />
            ))}
          </fieldset>
        )}
        {original?.medium === 'mail' && original.direction === 'in' && (
          <Checkbox
            checked={asFile}
            onChange={setAsFile}
            label={t('forwardAsFile')}
            hint={t('forwardAsFileHint')}
          />
        )}
      </div>
      <UploadList
        attachments={filesOf(words).filter((file) => !file.inline)}
        uploads={uploads.uploads}
        onRemove={(id) => change({ attachments: words.attachments.filter((file) => file.id !== id) })}
        onDrop={uploads.drop}
        onAgain={uploads.again}
      />
      {error && (
        <div className={styles.trouble} data-broken="" role="alert">
          {error}
        </div>
      )}
      <div className={styles.foot}>
        <AttachButton onFiles={uploads.add} />
        <FormatsButton formats={formats} onToggle={toggle} />
        <div className={styles.acts}>
          <Button look="quiet" onClick={onDone}>
            {t('console:cancel')}
          </Button>
          <Button look="main" type="submit" busy={busy} disabled={onItsWay} title="Ctrl+Enter">
            {t('forwardSend')}
          </Button>
        </div>
      </div>
    </form>
  )
}
