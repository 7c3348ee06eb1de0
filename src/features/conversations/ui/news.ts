import type { Item } from '../conversations.contract.ts'

export type Place = Pick<Item, 'id' | 'position'>
const over = new Set<unknown>(['solved', 'closed'])

/**
 * What others have said or decided after a place in the timeline: words from outside, a colleague's reply, a comment,
 * a closing. The server's guard judges which of it stops a reply; no part of it should be missed.
 */
export const saidSince = (items: readonly Item[], position: number, me: string): readonly Item[] =>
  items.filter((item) => item.position > position && isSaid(item) && !isOwn(item, me))

function isSaid(item: Item): boolean {
  if (item.type === 'event') return over.has(item.after.category)
  if (item.type === 'comment') return item.deletedAt === null
  return !item.automatic && item.state !== 'cancelled'
}
const isOwn = ({ author }: Item, me: string) => author.kind === 'agent' && author.id === me

/** How it is told in a word or two. */
export function newsKind(item: Item): 'answered' | 'wrote' | 'commented' | 'closed' {
  if (item.type === 'event') return 'closed'
  if (item.type === 'comment') return 'commented'
  return item.direction === 'out' ? 'answered' : 'wrote'
}
