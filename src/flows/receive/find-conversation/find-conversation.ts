// Which conversation a message belongs to: an ordered list of small finders. Each names candidates, best first; the
// first candidate that may be joined wins. A subject alone, or "Re:" alone, is never enough.
import * as conversations from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import type { Around } from '../look-around.ts'
import type { Receiving } from '../receiving.ts'
import { senderOf } from '../sender.ts'
import { byKnownId } from './by-known-id.ts'
import { byMarker } from './by-marker.ts'
import { byNumber } from './by-number.ts'
import { byOngoing } from './by-ongoing.ts'
import { byOurId } from './by-our-id.ts'
import { byReplyToken } from './by-reply-token.ts'
import type { Finder, Found } from './finder.ts'
import { takesPart } from './takes-part.ts'

const finders: Finder[] = [byOngoing, byReplyToken, byOurId, byKnownId, byMarker, byNumber]

export async function findConversation(receiving: Receiving, around: Around): Promise<Found | null> {
  for (const finder of finders)
    for (const id of new Set(finder.candidates(receiving, around))) {
      const survivor = await conversations.survivor(receiving.tx, id)
      const conversation = await goingOn(receiving.tx, survivor)
      if (conversation && (await mayJoin(receiving, around, finder, conversation)))
        return {
          conversation,
          by: finder.name,
          via: conversation === survivor ? viaOf(id, conversation) : null,
        }
    }
  return null
}

/** The merged conversation that leads to this one. */
export const viaOf = (named: string, { id }: conversations.ConversationRow): string | null =>
  named === id ? null : named

/** A locked conversation goes on in the one that followed it: a second late answer joins that, not a third one. */
async function goingOn(
  tx: Db,
  row: conversations.ConversationRow | null,
): Promise<conversations.ConversationRow | null> {
  if (row?.category !== 'closed') return row
  const next = await tx
    .selectFrom('conversation_links')
    .select('other')
    .where('conversation', '=', row.id)
    .where('kind', '=', 'followed_by')
    .where('other', '>', row.id)
    .orderBy('other', 'desc')
    .executeTakeFirst()
  return next ? goingOn(tx, await conversations.survivor(tx, next.other)) : row
}

async function mayJoin(
  receiving: Receiving,
  around: Around,
  finder: Finder,
  conversation: conversations.ConversationRow,
): Promise<boolean> {
  const { inbox } = receiving.entry
  // The same mail went to that conversation's inbox too, and joins it there; here it has a conversation of its own.
  const alsoThere = [...around.ownInboxes.values()].includes(conversation.inbox)
  if (conversation.inbox !== inbox && (alsoThere || !finder.signed)) return false
  if (finder.signed) return true
  const { verified } = receiving.message
  if (finder.guessable && verified === false) return false
  const agent = finder.guessable ? verified === true : verified !== false
  return takesPart(receiving.tx, around, senderOf(receiving, around), conversation, agent)
}
