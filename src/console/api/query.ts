import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './ApiError.ts'

/** What /live tells makes data fresh; without it they are looked at again when the window is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      // What failed while the line was down is fetched when it is back.
      refetchOnReconnect: true,
      retry: (count, error) =>
        count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      retryDelay: (count) => 400 * 2 ** count,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** Opened conversations that stay at hand; the browser's shelf has the others for when there is no line. */
const mostOpened = 60
queryClient.getQueryCache().subscribe(({ type, query }) => {
  if (type !== 'added' || query.queryKey[0] !== 'conversation') return
  const cache = queryClient.getQueryCache()
  const idle = cache
    .findAll({ queryKey: ['conversation'] })
    .filter((each) => each !== query && each.getObserversCount() === 0 && each.state.fetchStatus === 'idle')
  for (const each of idle.slice(0, Math.max(0, idle.length - mostOpened))) cache.remove(each)
})

/** The names of everything fetched: the first word says what it is, so that live frames can reach it. */
export const keys = {
  setup: ['setup'] as const,
  me: ['me'] as const,
  views: ['views'] as const,
  lists: ['list'] as const,
  list: (query: Record<string, unknown>) => ['list', query] as const,
  conversation: (number: number) => ['conversation', number] as const,
  draft: (number: number) => ['draft', number] as const,
  commentDraft: (number: number) => ['comment-draft', number] as const,
  drafts: ['drafts'] as const,
  customer: (id: string) => ['customer', id] as const,
  customers: (query: string) => ['customers', query] as const,
  ofCustomer: (id: string) => ['list-of-customer', id] as const,
  likenesses: (id: string) => ['likenesses', id] as const,
  companies: (query: string) => ['companies', query] as const,
  company: (id: string) => ['company', id] as const,
  phoneCountry: ['phone-country'] as const,
  systemSender: ['system-sender'] as const,
  agents: ['agents'] as const,
  teams: ['teams'] as const,
  handoffs: (number: number) => ['handoffs', number] as const,
  partners: ['partners'] as const,
  inboxes: ['inboxes'] as const,
  channels: ['channels'] as const,
  tags: ['tags'] as const,
  savedReplies: ['saved-replies'] as const,
  search: (query: string) => ['search', query] as const,
  outbox: ['outbox'] as const,
  mailLog: (query: Record<string, unknown>) => ['mail-log', query] as const,
  sessions: ['sessions'] as const,
  apiKeys: ['api-keys'] as const,
  firstSteps: ['first-steps'] as const,
}
