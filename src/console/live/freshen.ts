import type { QueryClient } from '@tanstack/react-query'
import type { ServerFrame } from '#features/events/events.contract.ts'

type EventFrame = Extract<ServerFrame, { type: 'event' }>

/** First words of the queries an event touches. A conversation's own event touches its page, the lists and the counts. */
export function touched(frame: EventFrame): (readonly unknown[])[] {
  const { conversation } = frame.ids
  if (conversation !== null && conversation !== undefined) {
    const own: (readonly unknown[])[] = [
      ['conversation', conversation],
      ['handoffs', conversation],
      ['list'],
      ['views'],
    ]
    if (frame.kind.startsWith('draft')) own.push(['draft', conversation], ['drafts'])
    if (/deliver|sent|message|outbox/.test(frame.kind)) own.push(['outbox'])
    if (frame.kind === 'message_received') own.push(['mail-log'])
    if (frame.kind.startsWith('message')) own.push(['first-steps'])
    if (frame.kind === 'consult_asked') own.push(['partners'])
    if (frame.kind.includes('tag')) own.push(['tags'])
    if (/start|clos|open|status|assign|team|customer|received|written|answer|merg|split/.test(frame.kind))
      own.push(['list-of-customer'])
    return own
  }
  const names: [RegExp, (readonly unknown[])[]][] = [
    [/^(agent|invitation|settings)/, [['agents'], ['me'], ['teams']]],
    [/^partner/, [['partners']]],
    [/^team/, [['teams'], ['agents'], ['me'], ['views']]],
    [/^inbox/, [['inboxes'], ['views'], ['list']]],
    [/^channel/, [['channels'], ['inboxes']]],
    [/^view/, [['views']]],
    [
      /^customer/,
      [['customer'], ['customers'], ['list'], ['conversation'], ['list-of-customer'], ['likenesses']],
    ],
    [/^compan/, [['company'], ['companies'], ['customer'], ['customers']]],
    [/^saved/, [['saved-replies']]],
    [/^notifications_/, [['notifications']]],
    [/^push_device/, [['push']]],
    [/^tag/, [['tags']]],
    [/^(mail|receipt|ledger)/, [['mail-log']]],
    [/^(outbox|system_mail)/, [['outbox']]],
    [/^(first_steps|agent|settings|inbox|channel|saved|push_device)/, [['first-steps']]],
  ]
  return names.filter(([pattern]) => pattern.test(frame.kind)).flatMap(([, queries]) => queries)
}

/**
 * Collects what is touched for a moment, so that a burst of events fetches each thing once.
 * @param freshenLists brings the lists up to date about the conversations named, as cheaply as it can
 */
export function freshener(
  client: QueryClient,
  freshenLists: (numbers: readonly number[]) => unknown,
  wait = 60,
) {
  const pending = new Map<string, readonly unknown[]>()
  const numbers = new Set<number>()
  let timer: number | undefined
  const flush = () => {
    timer = undefined
    const due = [...pending.values()]
    const changed = [...numbers]
    pending.clear()
    numbers.clear()
    for (const queryKey of due) void client.invalidateQueries({ queryKey })
    if (changed.length > 0) void freshenLists(changed)
  }
  return (frame: EventFrame) => {
    const { conversation } = frame.ids
    if (conversation !== null && conversation !== undefined) numbers.add(conversation)
    for (const key of touched(frame))
      if (key[0] !== 'list' || conversation === null || conversation === undefined)
        pending.set(JSON.stringify(key), key)
    if (timer === undefined) timer = window.setTimeout(flush, wait)
  }
}
