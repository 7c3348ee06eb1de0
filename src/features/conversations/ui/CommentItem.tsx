import { useMutation } from '@tanstack/react-query'
import { memo, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del } from '#console/api/request.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { IconButton } from '#console/kit/Button.tsx'
import { copyText } from '#console/kit/CopyText.tsx'
import { lazily } from '#console/kit/lazily.ts'
import { Menu, MenuItem } from '#console/kit/Menu.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { picturesIn } from '#console/writing/richWords.ts'
import { AttachmentList } from '#features/attachments/ui/AttachmentList.tsx'
import type { Comment } from '../conversations.contract.ts'
import styles from './CommentItem.module.css'
import { loadBoxes } from './composer/loadBoxes.ts'
import { EraseDialog } from './eraseWhenAsked.ts'
import { itemLink } from './itemLink.ts'
import { MailFrame } from './MailFrame.tsx'
import messageStyles from './MessageItem.module.css'
import { From } from './MessageMarks.tsx'
import { plainEnough } from './mailDocument.ts'
import { ConsultLine, HowAnswered } from './rare.ts'
import { Words } from './Words.tsx'

const CommentEdit = lazily(async () => (await loadBoxes()).CommentEdit)

/** Words with a form of their own; pictures between them by the names a mail would give them. */
function richOf({ html, attachments }: Comment) {
  const rich = html && !plainEnough(html) ? html : null
  const shown = new Set(picturesIn(rich))
  return {
    html: rich?.replace(/src="[^"]*\/api\/v1\/attachments\/(\d+)"/g, 'src="cid:$1"') ?? null,
    pictures: attachments
      .filter((file) => shown.has(file.id))
      .map((file) => ({ ...file, contentId: file.id })),
    shown,
  }
}

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
  const [edited, setEdited] = useState(false)
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  })
  const { html, pictures, shown } = useMemo(() => richOf(comment), [comment])
  const [erasing, setErasing] = useState(false)
  const admin = useMe().role === 'admin'
  const name = comment.author.name ?? t('somebody')
  if (comment.deletedAt) {
    const by = comment.deletedBy?.name
    const words = by && by !== name ? t('commentGoneBy', { by, name }) : t('commentGone', { name })
    return <p className={styles.gone}>{words}</p>
  }
  return (
    <article
      className={`${messageStyles.message} ${styles.comment}`}
      aria-label={t('commentOf', { name })}
      tabIndex={-1}
    >
      <header className={messageStyles.head}>
        <Avatar name={name} />
        <h2 className={messageStyles.who}>
          <span className={messageStyles.name}>{name}</span>{' '}
          <span className={styles.kind}>
            {comment.answers ? t('timeline:answerInside') : comment.stop ? t('commentStops') : t('internal')}
            {comment.editedAt && ` · ${t('edited')}`}
          </span>
        </h2>
        {comment.origin && <From number={comment.origin} />}
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
          {mine && <MenuItem onClick={() => setEdited(true)}>{t('edit')}</MenuItem>}
          {mine && (
            <MenuItem danger icon="trash" onClick={() => change.mutate(() => del(`/comments/${comment.id}`))}>
              {t('delete')}
            </MenuItem>
          )}
          {admin && (
            <MenuItem danger icon="trash" onClick={() => setErasing(true)}>
              {t('timeline:erase')}
            </MenuItem>
          )}
        </Menu>
        {admin && <EraseDialog item={comment} number={number} open={erasing} onOpenChange={setErasing} />}
      </header>
      <div className={messageStyles.body}>
        {edited ? (
          <Suspense>
            <CommentEdit comment={comment} number={number} onDone={() => setEdited(false)} />
          </Suspense>
        ) : html ? (
          <MailFrame
            html={html}
            message={{ id: comment.id, attachments: pictures, from: null, verified: null, direction: 'out' }}
          >
            <Words text={comment.text} />
          </MailFrame>
        ) : (
          <Words text={comment.text} />
        )}
        <Suspense>
          {comment.answers && <HowAnswered comment={comment} number={number} />}
          {comment.consults.map((consult) => (
            <ConsultLine key={consult.id} consult={consult} number={number} />
          ))}
        </Suspense>
        <AttachmentList
          attachments={comment.attachments.filter((file) => !shown.has(file.id))}
          item={comment.id}
        />
      </div>
    </article>
  )
})
