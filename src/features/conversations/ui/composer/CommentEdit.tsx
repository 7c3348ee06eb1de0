import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { patch } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { emojiOffers } from '#console/writing/emoji.ts'
import { RichArea } from '#console/writing/RichArea.tsx'
import { picturesIn, type Words } from '#console/writing/richWords.ts'
import { settleWriting } from '#console/writing/settleWriting.ts'
import { useUploads } from '#features/attachments/ui/useUploads.ts'
import type { Comment, OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { patchOpened } from '../cache.ts'
import { pictureAddress } from './boxParts.tsx'
import { mentionsIn } from './mentionsIn.ts'
import { useColleagues } from './useColleagues.ts'

/** One's own comment once more in the writing area, in its place. */
export function CommentEdit({
  comment,
  number,
  onDone,
}: {
  comment: Comment
  number: number
  onDone: () => void
}) {
  const { t } = useTranslation('console')
  const opened = queryClient.getQueryData<OpenedConversation>(keys.conversation(number))
  const [words, setWords] = useState<Words>({ text: comment.text, html: comment.html })
  const { colleagues, offer } = useColleagues(opened)
  const offers = useMemo(() => ({ '@': offer, ':': emojiOffers }), [offer])
  const uploads = useUploads(() => {})
  const save = useMutation({
    mutationFn: (now: Words) => {
      const known = new Set(comment.attachments.map((file) => file.id))
      return patch<Comment>(`/comments/${comment.id}`, {
        text: now.text.trimEnd(),
        ...(now.html === null ? {} : { html: now.html }),
        mentions: mentionsIn(now.text, colleagues),
        attachments: picturesIn(now.html).filter((id) => !known.has(id)),
      })
    },
    onSuccess: (saved) => {
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, { items: (old?.items ?? []).map((item) => (item.id === saved.id ? saved : item)) }),
      )
      onDone()
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  })
  const [latest] = useState({ words })
  const submit = () => {
    settleWriting()
    save.mutate(latest.words)
  }
  return (
    <div>
      <RichArea
        label={t('comment')}
        placeholder={t('commentPlaceholder')}
        words={words}
        onChange={(next) => {
          latest.words = next
          setWords(next)
        }}
        onFiles={() => {}}
        onPicture={async (file) => {
          const picture = await uploads.addPicture(file)
          return picture && pictureAddress(picture.id)
        }}
        onSubmit={submit}
        focusAsked={1}
        offers={offers}
        formats={false}
      />
      {save.isError && (
        <div className={styles.trouble} data-broken="" role="alert">
          {reasonOf(save.error)}
        </div>
      )}
      <div className={styles.foot}>
        <Button
          size="small"
          look="comment"
          busy={save.isPending}
          disabled={words.text.trim() === ''}
          onClick={submit}
        >
          {t('save')}
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
