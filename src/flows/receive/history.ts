// Older mail comes in as history: silent, closed with its last message, locked where that is older than the lock term.
import {
  asCategory,
  type ConversationRow,
  changeLocked,
  lockAfterDays,
} from '#features/conversations/conversations.ts'
import { after, days } from '#platform/clock/clock.ts'
import { system } from '#platform/events/events.ts'
import type { Receiving } from './receiving.ts'

/** When it was written, by its Date; when it came, where that is absent or lies in the future. */
function timeOf({ message, entry }: Receiving): Date {
  return message.sentAt && message.sentAt <= entry.receivedAt ? message.sentAt : entry.receivedAt
}

/** How a conversation of the past begins. */
async function closing(receiving: Receiving) {
  const at = timeOf(receiving)
  return (await isLocked(receiving, at)) ? { closedAt: at, lockedAt: at } : { closedAt: at }
}

/** A later message of the past moves the closing; a conversation that lives on, or was closed later, stays as it is. */
async function close(receiving: Receiving, row: ConversationRow): Promise<void> {
  const at = timeOf(receiving)
  if (!row.closed_at || row.closed_at >= at) return
  const category = (await isLocked(receiving, at)) ? 'closed' : 'solved'
  const set = { ...asCategory(row, category, system, at), closed_at: at }
  await changeLocked(receiving.tx, row, {
    actor: system,
    at: receiving.now,
    kind: 'history_closed',
    set,
    shown: false,
  })
}

async function isLocked({ tx, now }: Receiving, at: Date): Promise<boolean> {
  return at < after(now, -days(await lockAfterDays(tx)))
}

export const history = { timeOf, closing, close }
