import { type KeyboardEvent, type MouseEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Pick } from '#console/kit/Pick.tsx'
import { PresenceMark } from '#console/kit/PresenceMark.tsx'
import { usePresent } from '#console/live/useLive.ts'
import type { Conversation } from '../../conversations.contract.ts'
import styles from './QueueRow.module.css'
import { RowActs } from './RowActs.tsx'
import { useRowHands } from './rowContext.ts'
import { Draft, Holder, isClosed, Priority, Tags, When } from './rowParts.tsx'
import type { PlaceOfRows } from './usePlaceOfRows.ts'
import { useTouch } from './useTouch.tsx'

interface Props {
  row: Conversation
  place: PlaceOfRows
  dense: boolean
  open: boolean
  under: boolean
  /** the one row that the tab key stops at */
  stop: boolean
  picked: boolean
  picking: boolean
  /** came in while the list was on screen */
  fresh: boolean
  me: string
}

/** Who, what about, the last words, how long they wait; and only what differs from the ordinary. */
export const QueueRow = memo(function QueueRow(props: Props) {
  const { row, place, dense, open, under, stop, picked, picking, fresh } = props
  const { t } = useTranslation('queue')
  const hands = useRowHands()
  const [near, setNear] = useState(false)
  const touch = useTouch(row)
  const customer = row.customer.name ?? row.customer.address ?? t('console:unknownCustomer')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointers only; the link inside has every act by key
    <div
      className={styles.row}
      data-dense={dense || undefined}
      data-open={open || undefined}
      data-under={under || undefined}
      data-picked={picked || undefined}
      data-unread={row.unread || undefined}
      data-fresh={fresh || undefined}
      data-closed={isClosed(row) || undefined}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setNear(true)}
      onPointerLeave={() => setNear(false)}
      onContextMenu={(event) => openMenu(event, row, hands.openMenu)}
      {...touch.handlers}
    >
      {touch.behind}
      <div className={styles.face} style={touch.style}>
        {row.unread && <span className={styles.dot} />}
        <Pick
          picked={picked}
          picking={picking}
          size={dense ? 20 : 28}
          label={t('select', { subject: row.subject })}
          onPick={(event) => hands.pick(row.number, event.shiftKey)}
        >
          <Avatar name={customer} size={dense ? 20 : 28} />
        </Pick>
        <a
          href={place.href(row.number)}
          className={styles.link}
          aria-current={open || undefined}
          data-row={row.number}
          tabIndex={stop ? 0 : -1}
          onClick={(event) => {
            // With Ctrl, ⌘ or Alt the browser does what it does with every link.
            if (event.ctrlKey || event.metaKey || event.altKey) return
            event.preventDefault()
            if (event.shiftKey || (touch.touched() && hands.picking())) hands.pick(row.number, event.shiftKey)
            else place.go(row.number)
          }}
          onKeyDown={(event) => openMenuByKey(event, row, hands.openMenu)}
        >
          <Words {...props} customer={customer} />
        </a>
        {near && !picking && <RowActs row={row} />}
      </div>
    </div>
  )
})

function Words({ row, me, picked, customer }: Props & { customer: string }) {
  const { t } = useTranslation('queue')
  return (
    <>
      <span className={styles.line}>
        {row.unread && <span className={styles.hidden}>{t('console:unread')}.</span>}
        {picked && <span className={styles.hidden}>{t('selected')}.</span>}
        {/* Its own direction, so that what has no room is cut at its end, in Arabic too. */}
        <span className={styles.customer} dir="auto">
          {customer}
        </span>
        <Present number={row.number} />
        <Priority priority={row.priority} />
        {row.hasAttachments && (
          <Icon
            name="clip"
            size={14}
            className={styles.quiet}
            role="img"
            aria-hidden={false}
            aria-label={t('console:hasAttachments')}
          />
        )}
        <Draft draft={row.draft} />
        <When row={row} />
      </span>
      <span className={styles.line}>
        <span className={styles.words}>
          <span className={styles.subject} dir="auto">
            {row.subject || t('console:noSubject')}
          </span>
          {row.preview && (
            <span className={styles.preview}>
              {' '}
              <span dir="auto">{row.preview}</span>
            </span>
          )}
        </span>
        <Tags tags={row.tags} />
        <Holder row={row} me={me} />
      </span>
    </>
  )
}

function Present({ number }: { number: number }) {
  const { t } = useTranslation('console')
  const people = usePresent(number)
  const words = people.map((each) => t(`presence.${each.doing}`, { name: each.name })).join(', ')
  return <PresenceMark people={people} words={words} />
}

function openMenu(event: MouseEvent, row: Conversation, open: (row: Conversation, at: Place) => void) {
  // A text that is being marked, or a wish for the browser's own menu.
  if (event.shiftKey || event.ctrlKey) return
  event.preventDefault()
  if ((event.nativeEvent as PointerEvent).pointerType === 'touch') return
  open(row, { x: event.clientX, y: event.clientY })
}
interface Place {
  x: number
  y: number
}
function openMenuByKey(
  event: KeyboardEvent,
  row: Conversation,
  open: (row: Conversation, at: Place) => void,
) {
  if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
  event.preventDefault()
  const { left, bottom } = event.currentTarget.getBoundingClientRect()
  open(row, { x: left + 16, y: bottom - 8 })
}
