import type { Conversation } from '../../conversations.contract.ts'

/**
 * Whether a row that was just changed here still belongs to its view, as far as the row itself can tell: what was
 * closed leaves "Mine" at once, before the server has answered. The server's list has the last word.
 */
export function stays(view: string, row: Conversation, me: string): boolean {
  if (view === 'spam') return row.spam
  if (view === 'trash') return row.trashed
  if (row.spam || row.trashed) return false
  const closed = row.status.category === 'solved' || row.status.category === 'closed'
  switch (view) {
    case 'mine':
      return !closed && row.snoozedUntil === null && row.assignee?.id === me
    case 'unassigned':
      return !closed && row.snoozedUntil === null && row.assignee === null
    case 'my-teams':
    case 'open':
    case 'stuck':
      return !closed && row.snoozedUntil === null && row.status.category !== 'pending'
    case 'pending':
      return row.status.category === 'pending' && row.snoozedUntil === null
    case 'snoozed':
      return row.snoozedUntil !== null
    case 'closed':
      return closed
    default:
      return true
  }
}
