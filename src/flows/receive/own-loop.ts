import { loopId, readConsultMessageId, readMessageId } from '#channels/email/tokens.ts'
import type { Placed, Receiving } from './receiving.ts'
import { isSentCopy } from './sent-copy.ts'

export const ownLoop: Placed = { outcome: 'ignored', reason: 'own_loop', conversation: null, item: null }

/** A mail of ours that came back: only our signed Message-ID or this installation's X-Loop say so, never a sender. */
export function isOwnLoop({ house, message, entry }: Receiving): boolean {
  if (entry.mode === 'history' && !isSentCopy({ entry })) return false
  return (
    readMessageId(house.secrets, message.messageId) !== null ||
    readConsultMessageId(house.secrets, message.messageId) !== null ||
    message.loops.includes(loopId(house.secrets))
  )
}
