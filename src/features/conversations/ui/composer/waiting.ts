import type { Item, Message } from '../../conversations.contract.ts'

/** Replies of ours that will leave later, or wait because the customer has written: a new one asks about them. */
export const waitingReplies = (items: readonly Item[], now = Date.now()): Message[] =>
  items.filter(
    (item): item is Message =>
      item.type === 'message' &&
      (item.state === 'scheduled' ||
        (item.state === 'held' && (item.undoUntil === null || Date.parse(item.undoUntil) < now - 1000))),
  )
