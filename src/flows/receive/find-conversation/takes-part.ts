import type { ConversationRow } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import type { Around } from '../look-around.ts'
import type { Sender } from '../sender.ts'

/**
 * Whether the sender is on the conversation already: its customer, a participant, or somebody inside.
 * @param agent whether an agent's address speaks for him: anybody can write it into his mail
 */
export async function takesPart(
  tx: Db,
  around: Around,
  { identity, ours }: Sender,
  conversation: ConversationRow,
  agent: boolean,
): Promise<boolean> {
  if (ours) return true
  if (agent && around.agents.has(identity.value)) return true
  if (around.customers.get(identity.value) === conversation.customer) return true
  const participant = await tx
    .selectFrom('participants')
    .select('address')
    .where('conversation', '=', conversation.id)
    .where('address', '=', identity.value)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return participant !== undefined
}
