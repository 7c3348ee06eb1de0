import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { agentsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { UploadList } from '#features/attachments/ui/UploadList.tsx'
import { useUploads } from '#features/attachments/ui/useUploads.ts'
import { settle } from '#features/drafts/ui/draftStore.ts'
import type { useDraft } from '#features/drafts/ui/useDraft.ts'
import type { Comment, OpenedConversation } from '../conversations.contract.ts'
import { AttachButton, DraftSaved, dropHandlers } from './boxParts.tsx'
import type { BoxProps } from './boxProps.ts'
import styles from './Composer.module.css'
import { joinItems, patchOpened } from './cache.ts'
import { mentionsIn } from './mentionsIn.ts'
import { WritingArea } from './WritingArea.tsx'

/** Words for colleagues only. */
export function CommentBox({
  conversation,
  focusAsked,
  onSeen,
  draft,
}: BoxProps & { draft: ReturnType<typeof useDraft> }) {
  const { t } = useTranslation('console')
  const me = useMe()
  const { number } = conversation
  const { content } = draft
  const [stop, setStop] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { data: agents = [] } = useQuery(agentsQuery)
  const uploads = useUploads((file) => draft.change({ attachments: [...content.attachments, file] }))
  const colleagues = agents.filter((agent) => agent.state === 'active' && agent.id !== me.id)

  async function save() {
    if (busy || content.text.trim() === '') return
    setBusy(true)
    setError(null)
    try {
      await settle(number, 'comment-draft')
      const comment = await post<Comment>(`/conversations/${number}/comments`, {
        text: content.text.trimEnd(),
        mentions: mentionsIn(content.text, colleagues),
        attachments: content.attachments.map((file) => file.id),
        ...(stop ? { stop } : {}),
      })
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, { items: joinItems(old?.items ?? [], [comment]) }),
      )
      onSeen(comment)
      setStop(false)
      void draft.discard()
      void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
    } catch (problem) {
      setError(reasonOf(problem))
      draft.change({})
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={styles.box} {...dropHandlers(uploads.add)}>
      <WritingArea
        label={t('commentText')}
        placeholder={t('commentPlaceholder')}
        value={content.text}
        onChange={(text) => draft.change({ text })}
        onFiles={uploads.add}
        onSubmit={() => void save()}
        focusAsked={focusAsked}
        suggestions={{
          '@': colleagues.map((agent) => ({ id: agent.id, label: agent.name, insert: `@${agent.name} ` })),
        }}
      />
      <UploadList
        attachments={content.attachments}
        uploads={uploads.uploads}
        onRemove={(id) => draft.change({ attachments: content.attachments.filter((file) => file.id !== id) })}
        onDrop={uploads.drop}
      />
      {error && (
        <div className={styles.trouble} data-broken="" role="alert">
          {t('commentFailed', { reason: error })}
        </div>
      )}
      <div className={styles.foot}>
        <AttachButton onFiles={uploads.add} />
        <Checkbox checked={stop} onChange={setStop} label={t('commentStop')} />
        <DraftSaved draft={draft} />
        <div className={styles.send}>
          <Button
            look="comment"
            busy={busy}
            disabled={content.text.trim() === ''}
            onClick={() => void save()}
            title="Ctrl+Enter"
          >
            {t('commentSave')}
          </Button>
        </div>
      </div>
    </div>
  )
}
