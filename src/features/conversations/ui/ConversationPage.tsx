import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '#console/api/query.ts'
import { keyHint, useCommands } from '#console/commands/useCommands.ts'
import { AfterPaint } from '#console/kit/AfterPaint.tsx'
import { IconButton } from '#console/kit/Button.tsx'
import { Drawer } from '#console/kit/Dialog.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import { Hint } from '#features/customers/ui/Hint.tsx'
import { Who } from '#features/customers/ui/Who.tsx'
import { quoteBelow } from '#features/drafts/ui/draftStore.ts'
import type { OpenedConversation } from '../conversations.contract.ts'
import { Arriving, rowOf } from './Arriving.tsx'
import { Composer, type ComposerTab } from './Composer.tsx'
import styles from './ConversationPage.module.css'
import { backToQueue, comment, forward, reply } from './commands.ts'
import { askForward } from './composer/forwarding.ts'
import { forgetSoon } from './forget.ts'
import { Header } from './Header.tsx'
import { useNeighbours } from './neighbours.ts'
import { conversationQuery } from './queries.ts'
import { onQuote } from './quoting.ts'
import { MergedAway } from './rare.ts'
import { Timeline } from './Timeline.tsx'
import { useSeen } from './useSeen.ts'

export function ConversationPage() {
  const { t } = useTranslation('console')
  const params = useParams({ strict: false })
  const number = Number(params.number)
  const { item, around } = useSearch({ strict: false })
  const conversation = useQuery(conversationQuery(number))
  const neighbours = useNeighbours()
  usePrefetch(number)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time another one is opened
  useEffect(() => forgetSoon(queryClient), [number])
  const [composing, setComposing] = useState(false)
  const row = conversation.data && !composing ? undefined : rowOf(number)
  const begun = useRef<number | null>(null)
  if (row && !conversation.isError) {
    begun.current = number
    return (
      <Arriving
        key={`${number} on its way`}
        row={row}
        onBack={neighbours?.leave ?? null}
        onComposing={setComposing}
      />
    )
  }
  if (conversation.data?.mergedInto)
    return (
      <div className={styles.page}>
        <Suspense>
          <MergedAway number={number} into={conversation.data.mergedInto} />
        </Suspense>
      </div>
    )
  if (conversation.data)
    return (
      <Opened
        // What was merged into it or split off changes where everything stands.
        key={`${number} ${conversation.data.arranged}`}
        conversation={conversation.data}
        item={around ?? item ?? null}
        onBack={neighbours?.leave ?? null}
        begun={begun.current === number}
      />
    )
  return (
    <div className={styles.page}>
      <h1 className={styles.hidden}>{t('conversationNumber', { number })}</h1>
      <div className={styles.top}>{neighbours ? <Back onBack={neighbours.leave} /> : <MenuButton />}</div>
      {conversation.isError ? (
        <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
    </div>
  )
}

function Opened({
  conversation,
  item,
  onBack,
  begun,
}: {
  conversation: OpenedConversation
  item: string | null
  onBack: (() => void) | null
  /** While it was on its way one could write already: the box is there from the first moment. */
  begun: boolean
}) {
  const { t } = useTranslation('console')
  const [tab, setTab] = useState<ComposerTab>('reply')
  const [focusAsked, setFocusAsked] = useState(0)
  const [marked, setMarked] = useState<readonly string[]>([])
  const [whoOpen, setWhoOpen] = useState(false)
  const seen = useSeen(conversation)
  const write = (next: ComposerTab) => {
    setTab(next)
    setFocusAsked((count) => count + 1)
  }
  useQuotes(conversation.number, () => write('reply'))
  useCommands([
    { command: reply, run: () => write('reply') },
    { command: comment, run: () => write('comment') },
    {
      command: forward,
      run: () => {
        const last = conversation.items.findLast((each) => each.type === 'message' && each.direction === 'in')
        if (!last) return false
        askForward({ number: conversation.number, item: last.id })
      },
    },
  ])
  return (
    <div className={styles.page}>
      <article className={styles.conversation} aria-label={conversation.subject}>
        <div>
          <Header conversation={conversation} onBack={onBack} onWho={() => setWhoOpen(true)} />
          <Hint customer={conversation.customer} />
        </div>
        <Timeline
          conversation={conversation}
          target={item}
          marked={marked}
          onSeen={seen.onSeen}
          onHand={seen.onHand}
          lastSeenBefore={seen.before}
        />
        <AfterPaint name="composer" now={begun || focusAsked > 0}>
          <Composer
            conversation={conversation}
            tab={tab}
            onTab={setTab}
            focusAsked={focusAsked}
            lastSeen={seen.last}
            onSeen={seen.onSeen}
            onHand={seen.onHand}
            onTyping={seen.onTyping}
            news={seen.news}
            onNewer={setMarked}
          />
        </AfterPaint>
      </article>
      <section className={styles.who} aria-label={t('customer')}>
        <AfterPaint name="who" now={begun}>
          <Who conversation={conversation} />
        </AfterPaint>
      </section>
      <Drawer open={whoOpen} onOpenChange={setWhoOpen} side="end" label={t('customer')}>
        <Who conversation={conversation} />
      </Drawer>
    </div>
  )
}

function Back({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('console')
  return <IconButton name="back" label={t('toQueue')} keys={keyHint(backToQueue)} onClick={onBack} />
}

const ahead = [1, 2, -1, -2]
/** The neighbours are fetched ahead, two each way and the next one first, so that going on paints at once. */
function usePrefetch(number: number) {
  const neighbours = useNeighbours()
  const at = neighbours?.numbers.indexOf(number) ?? -1
  const near = at < 0 ? [] : ahead.flatMap((step) => neighbours?.numbers[at + step] ?? [])
  const list = near.join(',')
  useEffect(() => {
    const timer = window.setTimeout(() => {
      for (const each of list ? list.split(',') : [])
        void queryClient.prefetchQuery(conversationQuery(Number(each)))
    }, 150)
    return () => window.clearTimeout(timer)
  }, [list])
}

/** What is quoted in the timeline stands in the reply, below what is written there already. */
function useQuotes(number: number, write: () => void) {
  const latest = useRef(write)
  latest.current = write
  useEffect(
    () =>
      onQuote((quotation) => {
        if (quotation.number !== number) return
        quoteBelow(number, 'draft', quotation.text)
        latest.current()
      }),
    [number],
  )
}
