import i18next from 'i18next'
import { say, unsay } from '#console/kit/Toast.tsx'
import type { Message } from '../conversations.contract.ts'

const bars = new Map<string, string>()

/** Counts down to the moment the message leaves; until then its sending can be undone here. */
export function showUndoBar(message: Message, undo: () => void): void {
  const until = message.undoUntil ? Date.parse(message.undoUntil) : 0
  if (until <= Date.now()) return void say(i18next.t('console:sent'))
  const act = { label: i18next.t('console:undo'), run: undo }
  bars.set(message.id, say(i18next.t('console:sending'), { until, act }))
}

/** It was undone, or let go, elsewhere. */
export function hideUndoBar(message: string): void {
  const bar = bars.get(message)
  if (bar) unsay(bar)
  bars.delete(message)
}
