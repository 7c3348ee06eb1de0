import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button } from '#console/kit/Button.tsx'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { CommentItem } from './CommentItem.tsx'
import { firstUnread, joinItems, stretches } from './cache.ts'
import { EventLines } from './EventLines.tsx'
import { MessageItem } from './MessageItem.tsx'
import { NewPeople } from './NewPeople.tsx'
import styles from './Timeline.module.css'
import { useOlder } from './useOlder.ts'
import { usePlace } from './usePlace.ts'

/** What was said and done, oldest first. Opens where reading goes on, and stays where the reader is. */
export function Timeline({
  conversation,
  target,
  marked,
  onSeen,
  lastSeenBefore,
}: {
  conversation: OpenedConversation
  /** An item named in the URL. */
  target: string | null
  /** Items the writer had not seen when the server stopped a send. */
  marked: readonly string[]
  onSeen: (item: Item) => void
  lastSeenBefore: string | null
}) {
  const { t } = useTranslation('console')
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
  const place = usePlace({
    items,
    start: target ?? unreadAt,
    awaited,
    me: me.id,
    onSeen,
  })
  return (
    <div className={styles.around}>
      <section
        className={styles.scroll}
        ref={place.box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('timeline')}
      >
        <div className={styles.column} ref={place.content}>
          {older.more && (
            <Button look="quiet" size="small" busy={older.busy} onClick={older.load}>
              {t('showOlder')}
            </Button>
          )}
          {stretches(items).map((stretch) =>
            stretch.kind === 'events' ? (
              <EventLines key={`e${stretch.id}`} events={stretch.events} />
            ) : (
              <div
                key={stretch.item.id}
                data-item={stretch.item.id}
                className={styles.item}
                data-marked={marked.includes(stretch.item.id) || undefined}
              >
                {stretch.item.id === unreadAt && stretch.item.id !== items[0]?.id && (
                  <p className={styles.unread}>{t('newFromHere')}</p>
                )}
                {stretch.item.type === 'message' && (
                  <MessageItem
                    message={stretch.item}
                    conversation={conversation}
                    last={stretch.item.id === items.at(-1)?.id}
                  />
                )}
                {stretch.item.type === 'comment' && (
                  <CommentItem
                    comment={stretch.item}
                    number={conversation.number}
                    mine={stretch.item.author.id === me.id}
                  />
                )}
              </div>
            ),
          )}
          <NewPeople conversation={conversation} />
        </div>
      </section>
      {place.below > 0 && (
        <div className={styles.below}>
          <Button size="small" look="main" onClick={place.toEnd}>
            {t('newBelow', { count: place.below })}
          </Button>
        </div>
      )}
    </div>
  )
}
