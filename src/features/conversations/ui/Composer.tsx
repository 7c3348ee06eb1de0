import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Tabs } from '#console/kit/Tabs.tsx'
import { useHere, usePresent } from '#console/live/useLive.ts'
import { isEmpty } from '#features/drafts/ui/draftStore.ts'
import { useDraft } from '#features/drafts/ui/useDraft.ts'
import type { BoxProps } from './boxProps.ts'
import styles from './Composer.module.css'
import { ReplyBox } from './ReplyBox.tsx'

const CommentBox = lazy(async () => ({ default: (await import('./CommentBox.tsx')).CommentBox }))

export type ComposerTab = 'reply' | 'comment'
/** Where one writes: to the customer, or to colleagues in unmistakable yellow. */
export function Composer({
  tab,
  onTab,
  ...box
}: BoxProps & { tab: ComposerTab; onTab: (tab: ComposerTab) => void }) {
  const { t } = useTranslation('console')
  const { number } = box.conversation
  const reply = useDraft(number, 'draft')
  const comment = useDraft(number, 'comment-draft')
  const writing = tab === 'reply' ? !isEmpty(reply.content) : !isEmpty(comment.content)
  useHere(number, !writing ? 'viewing' : tab === 'reply' ? 'replying' : 'commenting')
  const others = usePresent(number).filter((person) => person.doing === 'replying')
  return (
    <section className={styles.composer} data-tab={tab} aria-label={t('composer')}>
      {others.length > 0 && (
        <p className={styles.notice} role="status">
          {t('othersReply', { names: others.map((person) => person.name).join(', ') })}
        </p>
      )}
      <Tabs
        flush
        value={tab}
        onChange={onTab}
        label={t('composer')}
        tabs={[
          { value: 'reply', label: t('reply') },
          { value: 'comment', label: t('comment'), tone: 'comment' },
        ]}
      >
        {tab === 'reply' ? (
          <ReplyBox {...box} draft={reply} />
        ) : (
          <Suspense>
            <CommentBox {...box} draft={comment} />
          </Suspense>
        )}
      </Tabs>
    </section>
  )
}
