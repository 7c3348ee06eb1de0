import { Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button } from '#console/kit/Button.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { CommentItem } from './CommentItem.tsx'
import { firstUnread } from './cache.ts'
import { DayLine } from './DayLine.tsx'
import { EventLines } from './EventLines.tsx'
import { GapLine } from './GapLine.tsx'
import { Linked } from './Linked.tsx'
import { MessageItem } from './MessageItem.tsx'
import { Printing } from './Printing.tsx'
import { NewPeople, SuggestedLine } from './rare.ts'
import { localDay, rowsOf } from './rows.ts'
import styles from './Timeline.module.css'
import { useAnnounced } from './useAnnounced.ts'
import { useItemCommands } from './useItemCommands.ts'
import { usePlace } from './usePlace.ts'
import { useStretches } from './useStretches.ts'

/** What was said and done, oldest first. Opens where reading goes on, and stays where the reader is. */
export function Timeline({
  conversation,
  target,
  marked,
  onSeen,
  onHand,
  lastSeenBefore,
}: {
  conversation: OpenedConversation
  /** An item named in the URL. */
  target: string | null
  /** Items the writer had not seen when the server stopped a send. */
  marked: readonly string[]
  onSeen: (item: Item) => void
  onHand: () => void
  lastSeenBefore: string | null
}) {
  const { t } = useTranslation('timeline')
  const me = useMe()
  const timeline = useStretches(conversation, target)
  const { items, gaps, awaited } = timeline
  const older = { more: timeline.more, busy: timeline.busy !== null, load: timeline.loadOlder }
  const [unreadAt] = useState(() =>
    conversation.unread ? (firstUnread(items, lastSeenBefore, me.id)?.id ?? null) : null,
  )
  // A link to what stands elsewhere by now opens where reading goes on.
  const start = (awaited || items.some(({ id }) => id === target) ? target : null) ?? unreadAt
  const place = usePlace({ items, start, awaited, me: me.id, onSeen, onHand, older })
  const [opensAt] = useState(target)
  const focusNext = useFocusNext(place.box, items)
  const today = localDay(new Date(useMinute()).toISOString())
  const rows = useMemo(() => rowsOf(items, localDay, today, gaps), [items, gaps, today])
  const announced = useAnnounced(items, me.id)
  useItemCommands(place.box, conversation.number)
  const last = items.at(-1)?.id
  return (
    <div className={styles.around}>
      <section
        className={styles.scroll}
        ref={place.box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('console:timeline')}
      >
        <div
          className={styles.column}
          ref={place.content}
          // What would be left at once is not shown, unless that takes long.
          data-awaited={(awaited && target === opensAt) || undefined}
        >
          {older.more && (
            <div ref={place.top} className={styles.top}>
              <Button look="quiet" size="small" busy={timeline.busy === 'older'} onClick={older.load}>
                {t('console:showOlder')}
              </Button>
            </div>
          )}
          {rows.map((row) => {
            if (row.kind === 'day') return <DayLine key={row.id} at={row.at} />
            if (row.kind === 'events') return <EventLines key={row.id} events={row.events} target={target} />
            if (row.kind === 'gap')
              return (
                <GapLine
                  key={row.id}
                  gap={row.gap}
                  box={place.box}
                  busy={timeline.isBusy(row.gap)}
                  waits={timeline.busy !== null}
                  onFill={(side, { byItself, goesOn }) => {
                    if (goesOn) focusNext(row.gap.after)
                    timeline.fill(row.gap, side, byItself)
                  }}
                />
              )
            const { item } = row
            return (
              <div
                key={row.id}
                data-item={row.id}
                className={styles.item}
                data-marked={marked.includes(row.id) || undefined}
                data-target={row.id === target || undefined}
              >
                {row.id === unreadAt && row.id !== items[0]?.id && (
                  <p className={styles.unread}>{t('console:newFromHere')}</p>
                )}
                {item.type === 'message' ? (
                  <MessageItem
                    message={item}
                    number={conversation.number}
                    inbox={conversation.inbox}
                    last={row.id === last}
                  />
                ) : (
                  <CommentItem comment={item} number={conversation.number} mine={item.author.id === me.id} />
                )}
              </div>
            )
          })}
          <Linked conversation={conversation} />
          {conversation.participants.some((person) => !person.confirmed) && (
            <Suspense>
              <NewPeople conversation={conversation} />
            </Suspense>
          )}
          {conversation.waitingSince && (
            <Suspense>
              <SuggestedLine conversation={conversation} />
            </Suspense>
          )}
        </div>
      </section>
      {place.below > 0 && (
        <div className={styles.below}>
          <Button size="small" look="main" onClick={place.toEnd}>
            {t('console:newBelow', { count: place.below })}
          </Button>
        </div>
      )}
      <Printing number={conversation.number} />
      <p role="status" className={styles.spoken}>
        {announced}
      </p>
    </div>
  )
}

/** Whoever asks for more by key goes on reading there: the focus goes to the first message that came. */
function useFocusNext(box: React.RefObject<HTMLElement | null>, items: readonly Item[]) {
  const waits = useRef<{ after: string; next: string | undefined } | null>(null)
  const nextTo = (after: string) => items[items.findIndex(({ id }) => id === after) + 1]?.id
  useLayoutEffect(() => {
    const asked = waits.current
    if (!asked) return
    const at = items.findIndex(({ id }) => id === asked.after) + 1
    if (items[at]?.id === asked.next) return
    waits.current = null
    const words = items.slice(at).find((item) => item.type !== 'event')
    box.current?.querySelector<HTMLElement>(`[data-item="${words?.id}"] article`)?.focus()
  }, [box, items])
  return (after: string) => {
    waits.current = { after, next: nextTo(after) }
  }
}
