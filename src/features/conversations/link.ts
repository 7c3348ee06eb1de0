import type { Db } from '#platform/db/db.ts'
import { type Actor, append } from '#platform/events/events.ts'

/** How two conversations belong together, seen from the first and from the other. */
export const linkKinds = {
  /** the other was locked when this one began */
  follows: 'followed_by',
  followed_by: 'follows',
  /** the same message came to two inboxes */
  same_message: 'same_message',
  /** they turned out to be one mail thread */
  same_thread: 'same_thread',
  /** its first messages stood in the other */
  split_from: 'split_into',
  split_into: 'split_from',
} as const
export type LinkKind = keyof typeof linkKinds

/** Links both ways, with an event on the first; again is a no-op. */
export async function link(
  tx: Db,
  {
    conversation,
    other,
    kind,
    actor,
    at,
  }: { conversation: string; other: string; kind: LinkKind; actor: Actor; at: Date },
): Promise<void> {
  const made = await tx
    .insertInto('conversation_links')
    .values([
      { conversation, other, kind },
      { conversation: other, other: conversation, kind: linkKinds[kind] },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .returning('conversation')
    .execute()
  if (made.length > 0)
    await append(tx, { at, kind: 'linked', actor, conversation, after: { other: Number(other), link: kind } })
}
