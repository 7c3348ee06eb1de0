import type { Finder } from './find-conversation.ts'

/**
 * In-Reply-To or References name a message we have, newest first; or a message we have names this one: its child
 * arrived before it.
 */
export const byKnownId: Finder = {
  name: 'known_id',
  signed: false,
  candidates: ({ message }, { known }) =>
    [...message.references, message.messageId].flatMap((id) => known.get(id) ?? []),
}
