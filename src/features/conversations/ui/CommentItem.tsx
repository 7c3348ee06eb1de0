import { useMutation } from '@tanstack/react-query'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, patch } from '#console/api/request.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { copyText } from '#console/kit/CopyText.tsx'
import { Textarea } from '#console/kit/Input.tsx'
import { Menu, MenuItem } from '#console/kit/Menu.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { AttachmentList } from '#features/attachments/ui/AttachmentList.tsx'
import type { Comment } from '../conversations.contract.ts'
import styles from './CommentItem.module.css'
import { itemLink } from './itemLink.ts'
import messageStyles from './MessageItem.module.css'
import { Words } from './Words.tsx'

/** Internal words, yellow as nothing else is. */
export const CommentItem = memo(function CommentItem({
  comment,
  number,
  mine,
}: {
  comment: Comment
  number: number
  mine: boolean
}) {
  const { t } = useTranslation('console')
  const [edited, setEdited] = useState<string | null>(null)
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () => setEdited(null),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  })
  const name = comment.author.name ?? t('somebody')
  if (comment.deletedAt) return <p className={styles.gone}>{t('commentGone', { name })}</p>
  return (
    <article
      className={`${messageStyles.message} ${styles.comment}`}
      aria-label={t('commentOf', { name })}
      tabIndex={-1}
    >
      <header className={messageStyles.head}>
        <Avatar name={name} />
        <h2 className={messageStyles.who}>
          <span className={messageStyles.name}>{name}</span>
          <span className={styles.kind}>
            {comment.stop ? t('commentStops') : t('internal')}
            {comment.editedAt && ` · ${t('edited')}`}
          </span>
        </h2>
        <Time at={comment.at} className={styles.at} />
        <Menu align="end" trigger={<IconButton name="more" size="small" label={t('commentActs')} />}>
          <MenuItem
            icon="external"
            onClick={() => void copyText(itemLink(number, comment.id), t('linkCopied'), t('copyFailed'))}
          >
            {t('copyLink')}
          </MenuItem>
          <MenuItem icon="copy" onClick={() => void copyText(comment.text, t('textCopied'), t('copyFailed'))}>
            {t('copyText')}
          </MenuItem>
          {mine && <MenuItem onClick={() => setEdited(comment.text)}>{t('edit')}</MenuItem>}
          {mine && (
            <MenuItem danger icon="trash" onClick={() => change.mutate(() => del(`/comments/${comment.id}`))}>
              {t('delete')}
            </MenuItem>
          )}
        </Menu>
      </header>
      <div className={messageStyles.body}>
        {edited === null ? (
          <Words text={comment.text} />
        ) : (
          <div className={styles.editing}>
            <Textarea aria-label={t('comment')} value={edited} onChange={setEdited} autoFocus />
            <Button
              size="small"
              look="comment"
              busy={change.isPending}
              onClick={() => change.mutate(() => patch(`/comments/${comment.id}`, { text: edited }))}
            >
              {t('save')}
            </Button>
            <Button size="small" look="quiet" onClick={() => setEdited(null)}>
              {t('cancel')}
            </Button>
          </div>
        )}
        <AttachmentList attachments={comment.attachments} item={comment.id} />
      </div>
    </article>
  )
})
