// A call while it is being noted down, and what the server is told of it in the end. Pure.
import type { NewConversation } from '#features/conversations/conversations.contract.ts'
import { type CustomerChoice, customerOf } from './customerOf.ts'

export interface Call {
  customer: CustomerChoice
  direction: 'in' | 'out'
  subject: string
  text: string
  inbox: string | null
  /** null: whoever writes it down; '-': nobody */
  assignee: string | null
  /** null: the inbox's own */
  team: string | null
  topic: string
  tags: string[]
  summarise: boolean
  summary: string
  /** where the summary goes, where it is not the address known */
  address: string
  /** as said by hand; null: as the clock says */
  minutes: string | null
  /** ms since 1970; 0: not begun */
  beganAt: number
}
export const emptyCall: Call = {
  customer: { id: null, typed: '' },
  direction: 'in',
  subject: '',
  text: '',
  inbox: null,
  assignee: null,
  team: null,
  topic: '',
  tags: [],
  summarise: false,
  summary: '',
  address: '',
  minutes: null,
  beganAt: 0,
}

/** Whether something was written that is worth going on with. */
export const isStarted = (call: Call): boolean =>
  [call.customer.typed, call.subject, call.text, call.summary].some((text) => text.trim() !== '')

/** Digits of what was typed; null where there are none. */
export const readMinutes = (typed: string): string | null => typed.replace(/\D/g, '').slice(0, 4) || null

/** A form left open over night is no call of ten hours: the clock counts for two. */
const longest = 2 * 60 * 60
/** How long the call took so far. @param now ms since 1970 */
export function secondsOf({ minutes, beganAt }: Call, now: number): number {
  if (minutes !== null) return Math.min(86_400, Number(minutes) * 60)
  return beganAt > 0 ? Math.min(longest, Math.max(0, Math.round((now - beganAt) / 1000))) : 0
}

export function callBody(
  call: Call,
  {
    inbox,
    me,
    address,
    close,
    now,
  }: { inbox: string; me: string; address: string | null; close: boolean; now: number },
): NewConversation {
  const customer = customerOf(call.customer)
  const assignee = call.assignee ?? me
  const topic = call.topic.trim()
  return {
    inbox,
    customer: { ...customer, ...(call.summarise && address ? { address } : {}) },
    subject: call.subject.trim(),
    ...(topic ? { topic } : {}),
    message: { text: call.text.trim() },
    direction: call.direction,
    medium: 'phone',
    ...(assignee === '-' ? {} : { assignee }),
    ...(call.team ? { team: call.team } : {}),
    ...(call.tags.length > 0 ? { tags: call.tags } : {}),
    call: {
      seconds: secondsOf(call, now),
      ...(call.summarise ? { summary: { text: call.summary.trim() } } : {}),
    },
    ...(close ? { then: { status: 'solved' } } : {}),
  }
}
