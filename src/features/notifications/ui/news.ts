import { queryOptions } from '@tanstack/react-query'
import i18next from 'i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { queryClient } from '#console/api/query.ts'
import { get, patch, put } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Choices, Kind } from '#shared/notifications/choices.ts'
import type { Me } from '../../agents/agents.contract.ts'
import type { Notification, Notifications } from '../notifications.contract.ts'

/** What waits for me. Kept true by /live. */
export const newsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => get<Notifications>('/notifications', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

const set = (change: (old: Notifications) => Notifications) =>
  queryClient.setQueryData(newsQuery.queryKey, (old) => old && change(old))

/** Reads all, or those about one conversation; shows at once. */
export async function markRead(conversation?: number): Promise<void> {
  await queryClient.cancelQueries({ queryKey: newsQuery.queryKey })
  set(({ items, unread }) => {
    const left =
      conversation === undefined ? [] : items.filter((item) => item.conversation.number !== conversation)
    return { items: left, unread: conversation === undefined ? 0 : unread - (items.length - left.length) }
  })
  try {
    const body = conversation === undefined ? {} : { conversation }
    const next = await put<Notifications>('/notifications/read', body)
    set(() => next)
  } catch {
    // Not read after all: without the server it is told again later, which is no harm.
    void queryClient.invalidateQueries({ queryKey: newsQuery.queryKey })
  }
}

const meKey = ['me'] as const
/** Some of the choices, the others as they are. */
export async function choose(choices: Choices): Promise<void> {
  const show = (next: Choices) =>
    queryClient.setQueryData<Me>(
      meKey,
      (me) =>
        me && {
          ...me,
          settings: { ...me.settings, notifications: { ...me.settings.notifications, ...next } },
        },
    )
  const before = queryClient.getQueryData<Me>(meKey)
  show(choices)
  try {
    await patch('/me', { settings: { notifications: choices } })
  } catch (error) {
    queryClient.setQueryData(meKey, before)
    say(reasonOf(error), { tone: 'broken' })
  }
  void queryClient.invalidateQueries({ queryKey: newsQuery.queryKey })
}

/** One click and no more of that kind on the page: with a way back. Other means stay as they were chosen. */
export function stopKind(kind: Kind): void {
  const kept = queryClient.getQueryData(newsQuery.queryKey)
  set(({ items, unread }) => {
    const left = items.filter((item) => item.kind !== kind)
    return { items: left, unread: unread - (items.length - left.length) }
  })
  void choose({ [`${kind}.page`]: false })
  say(i18next.t(`notifications:stopped.${kind}`), {
    act: {
      label: i18next.t('notifications:undo'),
      run: () => {
        if (kept) set(() => kept)
        void choose({ [`${kind}.page`]: true })
      },
    },
  })
}

/** Why it came, in one line. */
export const whyWords = ({ kind, actor }: Notification): string =>
  i18next.t(`notifications:why.${kind}${actor ? '' : 'Nameless'}`, { name: actor?.name })
/** Where it leads: the very item where there is one. */
export const placeOf = ({ conversation, item }: Notification): string =>
  `/conversations/${conversation.number}${item ? `?around=${item}` : ''}`
