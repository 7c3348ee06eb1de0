import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { Textarea } from '#console/kit/Input.tsx'
import { parseAddresses } from '#features/drafts/ui/addresses.ts'
import type { Message, NewForward, OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { joinItems, patchOpened } from '../cache.ts'
import { showUndoBar } from '../undoBar.ts'
import { undoSending } from '../undoSending.ts'
import type { BoxProps } from './boxProps.ts'
import { RecipientLine } from './Recipients.tsx'

/** Passes a message on to somebody outside: its words and files below one's own, or the mail itself as a file. */
export function ForwardBox({
  conversation,
  item,
  onSeen,
  onDone,
}: BoxProps & { item: string | null; onDone: () => void }) {
  const { t } = useTranslation('composer')
  const { number } = conversation
  const [to, setTo] = useState('')
  const [text, setText] = useState('')
  const [asFile, setAsFile] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [key] = useState(newKey)
  const original = conversation.items.find(
    (each): each is Message => each.type === 'message' && each.id === item,
  )
  const files = original?.attachments.filter((file) => !file.inline) ?? []

  async function send() {
    const { good, bad } = parseAddresses(to)
    if (bad.length > 0) return setError(t('badRecipients', { names: bad.join(', ') }))
    if (good.length === 0) return setError(t('forwardToWhom'))
    setBusy(true)
    setError(null)
    const body: NewForward = {
      to: good,
      ...(text.trim() ? { text } : {}),
      ...(item ? { item } : {}),
      ...(asFile ? { asAttachment: true } : {}),
    }
    try {
      const message = await post<Message>(`/conversations/${number}/forwards`, body, {
        idempotencyKey: `${key}${JSON.stringify(body).length}`,
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
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
      }}
    >
      <div className={styles.forward}>
        <RecipientLine label={t('console:to')} value={to} onChange={setTo} autoFocus />
        <Textarea
          aria-label={t('forwardWords')}
          placeholder={t('forwardPlaceholder')}
          value={text}
          onChange={setText}
          dir="auto"
        />
        <p className={styles.hint}>
          {t('forwardWhat', { name: original?.author.name ?? original?.author.address ?? t('somebody') })}
          {!asFile && files.length > 0 && ` ${t('forwardFiles', { count: files.length })}`}
        </p>
        {original?.medium === 'mail' && original.direction === 'in' && (
          <Checkbox
            checked={asFile}
            onChange={setAsFile}
            label={t('forwardAsFile')}
            hint={t('forwardAsFileHint')}
          />
        )}
      </div>
      {error && (
        <div className={styles.trouble} data-broken="" role="alert">
          {error}
        </div>
      )}
      <div className={styles.foot}>
        <div className={styles.acts}>
          <Button look="quiet" onClick={onDone}>
            {t('console:cancel')}
          </Button>
          <Button look="main" type="submit" busy={busy} title="Ctrl+Enter">
            {t('forwardSend')}
          </Button>
        </div>
      </div>
    </form>
  )
}
