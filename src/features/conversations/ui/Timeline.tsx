import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button } from '#console/kit/Button.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { CommentItem } from './CommentItem.tsx'
import { firstUnread, joinItems } from './cache.ts'
import { DayLine } from './DayLine.tsx'
import { EventLines } from './EventLines.tsx'
import { MessageItem } from './MessageItem.tsx'
import { NewPeople } from './NewPeople.tsx'
import { Printing } from './Printing.tsx'
import { localDay, rowsOf } from './rows.ts'
import styles from './Timeline.module.css'
import { useAnnounced } from './useAnnounced.ts'
import { useItemCommands } from './useItemCommands.ts'
import { useOlder } from './useOlder.ts'
import { usePlace } from './usePlace.ts'

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
  const older = useOlder(conversation)
  const items = useMemo(() => joinItems(older.items, conversation.items), [older.items, conversation.items])
  // A link to a message far up: everything down from it is fetched, so that no gap opens between.
  const awaited = target !== null && older.more && !items.some((item) => item.id === target)
  useEffect(() => {
    if (awaited && !older.busy) older.load()
  })
  const [unreadAt] = useState(() =>
    conversation.unread ? (firstUnread(items, lastSeenBefore, me.id)?.id ?? null) : null,
  )
  const place = usePlace({ items, start: target ?? unreadAt, awaited, me: me.id, onSeen, onHand, older })
  const today = localDay(new Date(useMinute()).toISOString())
  const rows = useMemo(() => rowsOf(items, localDay, today), [items, today])
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
        <div className={styles.column} ref={place.content}>
          {older.more && (
            <div ref={place.top} className={styles.top}>
              <Button look="quiet" size="small" busy={older.busy} onClick={older.load}>
                {t('console:showOlder')}
              </Button>
            </div>
          )}
          {rows.map((row) => {
            if (row.kind === 'day') return <DayLine key={row.id} at={row.at} />
            if (row.kind === 'events') return <EventLines key={row.id} events={row.events} target={target} />
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
          <NewPeople conversation={conversation} />
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
