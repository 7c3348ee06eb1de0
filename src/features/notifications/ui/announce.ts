// What appears and sounds when something arrives while one looks. Fetched when the first piece of news needs it.
import i18next from 'i18next'
import { say } from '#console/kit/Toast.tsx'
import type { Choices } from '#shared/notifications/choices.ts'
import { wants } from '#shared/notifications/choices.ts'
import type { Notification } from '../notifications.contract.ts'
import { chime } from './chime.ts'
import { placeOf, whyWords } from './news.ts'

interface Way {
  choices: Choices
  /** Goes to a place of the desk. */
  go: (path: string) => void
  openBell: () => void
}

/** One line for one piece of news, one for many. */
export async function announce(
  arrived: readonly Notification[],
  { choices, go, openBell }: Way,
): Promise<void> {
  await i18next.loadNamespaces('notifications')
  if (arrived.some(({ kind }) => wants(choices, kind, 'sound'))) void chime()
  if (document.visibilityState !== 'visible') return
  const [first, ...more] = arrived
  if (!first) return
  const label = i18next.t('notifications:show')
  if (more.length === 0)
    say(`${whyWords(first)}: ${first.conversation.subject}`, {
      act: { label, run: () => go(placeOf(first)) },
    })
  else say(i18next.t('notifications:arrived', { count: arrived.length }), { act: { label, run: openBell } })
}
