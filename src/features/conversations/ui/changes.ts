// What can be done to a conversation: the request, and what it will look like before the server has answered.
import { useMutation } from '@tanstack/react-query'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { request } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import { tellTabs } from '#console/offline/tabs.ts'
import type { Named } from '#shared/wire.ts'
import type { Conversation, OpenedConversation, Priority } from '../conversations.contract.ts'
import { patchOpened, patchPages } from './cache.ts'
import { freshenLists } from './queue/freshenLists.ts'

export interface Change {
  method: 'PUT' | 'DELETE' | 'PATCH' | 'POST'
  /** After /conversations/:number. */
  path: string
  body?: unknown
  shows: Partial<Conversation>
}
const put = (path: string, body: unknown, shows: Partial<Conversation>): Change => ({
  method: 'PUT',
  path,
  body,
  shows,
})
const del = (path: string, shows: Partial<Conversation>): Change => ({ method: 'DELETE', path, shows })
const status = (category: Conversation['status']['category']) => ({
  status: { category, name: category },
})

export const changes = {
  rename: (subject: string): Change => ({ method: 'PATCH', path: '', body: { subject }, shows: { subject } }),
  assign: (agent: Named | null) =>
    agent ? put('/assignee', { agent: agent.id }, { assignee: agent }) : del('/assignee', { assignee: null }),
  setTeam: (team: Named | null) =>
    team ? put('/team', { team: team.id }, { team, strayed: [] }) : del('/team', { team: null, strayed: [] }),
  /** It had strayed: nobody stays responsible. */
  notOurs: (team: Named, from: Conversation) =>
    put(
      '/team',
      { team: team.id, notOurs: true },
      { team, assignee: null, strayed: [...from.strayed, ...(from.team ? [from.team] : [])] },
    ),
  setPriority: (priority: Priority) => put('/priority', { priority }, { priority }),
  setStatus: (category: 'open' | 'pending') => put('/status', { status: category }, status(category)),
  close: () => put('/closure', {}, { ...status('solved'), holder: null, waitingSince: null }),
  reopen: () => del('/closure', status('open')),
  snooze: (until: string) => put('/snooze', { until }, { snoozedUntil: until }),
  wake: () => del('/snooze', { snoozedUntil: null }),
  addTag: (tag: string, tags: string[]) =>
    put(`/tags/${encodeURIComponent(tag)}`, undefined, { tags: [...tags, tag] }),
  removeTag: (tag: string, tags: string[]) =>
    del(`/tags/${encodeURIComponent(tag)}`, { tags: tags.filter((each) => each !== tag) }),
  setSpam: (spam: boolean) => (spam ? put('/spam', {}, { spam }) : del('/spam', { spam })),
  setTrashed: (trashed: boolean) => (trashed ? put('/trash', {}, { trashed }) : del('/trash', { trashed })),
  setUnread: (unread: boolean) => (unread ? del('/read', { unread }) : put('/read', {}, { unread })),
  setFollowing: (following: boolean) =>
    following ? put('/follow', {}, { following }) : del('/follow', { following }),
}

/** Shows a change at once in the page and in every list; takes it back with a word when the server refuses. */
export function showChange(number: number, shows: Partial<Conversation>) {
  const opened = queryClient.getQueryData<OpenedConversation>(keys.conversation(number))
  const lists = queryClient.getQueriesData<never>({ queryKey: keys.lists })
  queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) => patchOpened(old, shows))
  queryClient.setQueriesData<never>({ queryKey: keys.lists }, (old) =>
    patchPages(old as never, number, shows),
  )
  return () => {
    queryClient.setQueryData(keys.conversation(number), opened)
    for (const [key, data] of lists) queryClient.setQueryData(key, data)
  }
}

export function useChange(number: number) {
  return useMutation({
    mutationFn: ({ method, path, body }: Change) =>
      request<Conversation>(method, `/conversations/${number}${path}`, {
        body,
        waits: { kind: 'change', conversation: number },
      }),
    onMutate: async ({ shows }) => {
      await queryClient.cancelQueries({ queryKey: keys.conversation(number) })
      return showChange(number, shows)
    },
    onSuccess: (answer, { path }) => {
      if (path === '/read') tellTabs({ kind: 'read', conversation: number })
      if (answer?.number === number) showChange(number, answer)
    },
    onError: (error, _change, takeBack) => {
      takeBack?.()
      say(reasonOf(error), { tone: 'broken' })
    },
    onSettled: () => {
      void freshenLists([number])
      void queryClient.invalidateQueries({ queryKey: keys.views })
      void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
    },
  })
}
