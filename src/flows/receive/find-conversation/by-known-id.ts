import type { Finder } from './finder.ts'

/**
 * In-Reply-To or References name a message we have, newest first; or a message we have refers to this one: the child
 * arrived before its parent. A second message with the same Message-ID is no parent (some forms reuse one for all).
 */
export const byKnownId: Finder = {
  name: 'known_id',
  signed: false,
  candidates({ message }, { known }) {
    const named = message.references.flatMap((id) => known.get(id)?.conversation ?? [])
    const child = known.get(message.messageId)
    return child && !child.carried ? [...named, child.conversation] : named
  },
}
