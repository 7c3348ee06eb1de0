import type { TFunction } from 'i18next'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadWhenIdle } from '#console/kit/onDemand.tsx'
import { Tabs } from '#console/kit/Tabs.tsx'
import { useHere } from '#console/live/useLive.ts'
import { PlainArea } from '#console/writing/PlainArea.tsx'
import { isEmpty } from '#features/drafts/ui/draftStore.ts'
import { type DraftInHand, useDraft } from '#features/drafts/ui/useDraft.ts'
import type { Item } from '../conversations.contract.ts'
import styles from './Composer.module.css'
import type { BoxProps, ComposerTab } from './composer/boxProps.ts'
import { useForwardAsked } from './composer/forwarding.ts'
import { type Boxes, boxesNow, loadBoxes } from './composer/loadBoxes.ts'

export type { ComposerTab }

const none: readonly Item[] = []

loadWhenIdle(loadBoxes)

/** Where one writes: to the customer, or to colleagues in unmistakable yellow. */
export function Composer({
  tab,
  onTab,
  onHand,
  onTyping,
  news,
  ...box
}: BoxProps & {
  tab: ComposerTab
  onTab: (tab: ComposerTab) => void
  /** Nothing is begun any more: what is on screen is read, not written over. */
  onHand: () => void
  onTyping: () => void
  /** What others said since one looked. */
  news: readonly Item[]
}) {
  const { t } = useTranslation('console')
  const { number } = box.conversation
  const place = useRef<HTMLElement>(null)
  const [pressed, setPressed] = useState(0)
  const focusAsked = box.focusAsked + pressed
  const reply = useDraft(number, 'draft')
  const comment = useDraft(number, 'comment-draft')
  const { boxes, setComposing } = useBoxes()
  const forwarded = useForwardAsked(number, () => onTab('forward'))
  const writing = tab === 'comment' ? !isEmpty(comment.content) : tab === 'reply' && !isEmpty(reply.content)
  const begun = !isEmpty(reply.content) || !isEmpty(comment.content)
  useEffect(() => {
    if (!begun) onHand()
  }, [begun, onHand])
  useHere(number, !writing ? 'viewing' : tab === 'comment' ? 'commenting' : 'replying')
  const first = { focusAsked, onComposing: setComposing }
  return (
    <section
      ref={place}
      className={styles.composer}
      data-tab={tab}
      aria-label={t('composer')}
      onInput={onTyping}
    >
      {boxes && (
        <boxes.BeforeWriting
          {...box}
          draft={reply}
          news={begun && !reply.content.stopped ? news : none}
          onWrite={() => {
            onTab('reply')
            setPressed((count) => count + 1)
          }}
        />
      )}
      <Tabs
        flush
        value={tab}
        onChange={onTab}
        label={t('composer')}
        tabs={[
          ...tabsOf(t),
          ...(tab === 'forward' ? [{ value: 'forward' as const, label: t('forward') }] : []),
        ]}
      >
        {tab === 'reply' &&
          (boxes ? (
            <boxes.ReplyBox {...box} focusAsked={focusAsked} draft={reply} place={place} />
          ) : (
            <FirstBox {...first} draft={reply} label={t('replyText')} placeholder={t('replyPlaceholder')} />
          ))}
        {tab === 'comment' &&
          (boxes ? (
            <boxes.CommentBox {...box} focusAsked={focusAsked} draft={comment} place={place} />
          ) : (
            <FirstBox
              {...first}
              draft={comment}
              label={t('commentText')}
              placeholder={t('commentPlaceholder')}
            />
          ))}
        {tab === 'forward' && boxes && (
          <boxes.ForwardBox {...box} item={forwarded} onDone={() => onTab('reply')} />
        )}
      </Tabs>
    </section>
  )
}

/** The place to write while the conversation is still on its way: what is begun here goes on in the real box. */
export function FirstComposer({
  number,
  ...first
}: {
  number: number
  focusAsked: number
  onComposing: (on: boolean) => void
}) {
  const { t } = useTranslation('console')
  const draft = useDraft(number, 'draft')
  return (
    <section className={styles.composer} data-tab="reply" aria-label={t('composer')}>
      <Tabs flush value="reply" onChange={() => {}} label={t('composer')} tabs={tabsOf(t)}>
        <FirstBox {...first} draft={draft} label={t('replyText')} placeholder={t('replyPlaceholder')} />
      </Tabs>
    </section>
  )
}
const tabsOf = (t: TFunction<'console'>) => [
  { value: 'reply' as const, label: t('reply') },
  { value: 'comment' as const, label: t('comment'), tone: 'comment' as const },
]

/** The box before its editor is there. As high as with it, and no key is lost in it. */
function FirstBox({
  draft,
  ...area
}: {
  draft: DraftInHand
  label: string
  placeholder: string
  focusAsked: number
  onComposing: (on: boolean) => void
}) {
  return (
    <div className={styles.box} data-first="">
      <PlainArea
        {...area}
        value={draft.content.text}
        onChange={(text) => draft.change({ text, html: null })}
        onFiles={() => {}}
      />
    </div>
  )
}

/** The real boxes as soon as they are there, but never between two strokes of one letter. */
function useBoxes() {
  const [boxes, setBoxes] = useState<Boxes | null>(boxesNow)
  const composing = useRef(false)
  const here = useRef(true)
  const show = useCallback(() => {
    if (!composing.current && here.current) setBoxes(boxesNow())
  }, [])
  useEffect(() => {
    here.current = true
    if (boxesNow()) return
    const start = () => void loadBoxes().then(show, () => window.setTimeout(start, 3000))
    if ('requestIdleCallback' in window) requestIdleCallback(start)
    else start()
    return () => {
      here.current = false
    }
  }, [show])
  const setComposing = useCallback(
    (on: boolean) => {
      composing.current = on
      // After the letter itself has arrived in the field.
      if (!on) window.setTimeout(show)
    },
    [show],
  )
  return { boxes, setComposing }
}
