// The URL of everything. Screens that are not needed for the first paint are fetched when gone to.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { Me } from '#features/agents/agents.contract.ts'
import { ConversationPage } from '#features/conversations/ui/ConversationPage.tsx'
import { NothingOpen } from '#features/conversations/ui/NothingOpen.tsx'
import { conversationQuery, listQuery } from '#features/conversations/ui/queries.ts'
import { keptOrders } from '#features/conversations/ui/queue/order.ts'
import { QueuePage } from '#features/conversations/ui/queue/QueuePage.tsx'
import { queryOf } from '#features/conversations/ui/queue/queryOf.ts'
import { queueSearch } from '#features/conversations/ui/queue/search.ts'
import { writeAs } from '#features/drafts/ui/draftStore.ts'
import { behindSearch, numbersSearch } from '#features/numbers/ui/asked.ts'
import { viewsQuery } from '#features/views/ui/views.ts'
import { ApiError } from './api/ApiError.ts'
import { inboxesQuery } from './api/directory.ts'
import { meQuery } from './api/me.ts'
import { queryClient } from './api/query.ts'
import { setLanguage } from './i18n.ts'
import { ErrorState, Skeleton } from './kit/States.tsx'
import { keep, keepFor, lastReader } from './offline/shelf.ts'
import { tellTabs } from './offline/tabs.ts'
import { waitAs } from './offline/waiting.ts'
import { NotFoundPage } from './shell/NotFound.tsx'
import { Shell } from './shell/Shell.tsx'
import { applyTheme } from './theme.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

/** Whether this page has said who sits at it. */
let met = false

/** Everything behind the sign-in. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery)
      if (lastReader() !== me.id || !met) tellTabs({ kind: 'signed-in', agent: me.id })
      keepFor(me.id)
      if (!met) keep('/me', JSON.stringify(me))
      met = true
      waitAs(me.id)
      writeAs(me.id)
      applyTheme(me.settings.theme)
      await setLanguage(me.settings.language)
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
      throw error
    }
  },
})

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/views/$view', params: { view: 'mine' }, replace: true })
  },
})
const view = createRoute({
  getParentRoute: () => desk,
  path: '/views/$view',
  validateSearch: queueSearch,
  component: QueuePage,
  // The answers asked for ahead are there by now, most times: all is drawn once instead of bit by bit.
  beforeLoad: async ({ params, search }) => {
    if (!globalThis.foyerEarly) return
    const kept = keptOrders(queryClient.getQueryData<Me>(meQuery.queryKey)?.id ?? '')[params.view]
    const asked = [
      queryClient.prefetchInfiniteQuery(listQuery(queryOf(params.view, search, kept))),
      queryClient.prefetchQuery(viewsQuery),
      queryClient.prefetchQuery(inboxesQuery),
    ]
    globalThis.foyerEarly = undefined
    await Promise.race([Promise.all(asked), new Promise((done) => window.setTimeout(done, 100))])
  },
})
const viewHome = createRoute({ getParentRoute: () => view, path: '/', component: NothingOpen })
const viewConversation = createRoute({
  getParentRoute: () => view,
  path: '$number',
  // A pointer over a row fetches ahead what a click will show; nothing waits for it.
  loader: ({ params }) => {
    if (/^\d+$/.test(params.number)) void queryClient.prefetchQuery(conversationQuery(Number(params.number)))
  },
  component: ConversationPage,
})
const conversation = createRoute({
  getParentRoute: () => desk,
  path: '/conversations/$number',
  validateSearch: (search: Record<string, unknown>): { item?: string; around?: string } => ({
    item: text(search.item),
    around: text(search.around),
  }),
  component: ConversationPage,
})
const search = createRoute({
  getParentRoute: () => desk,
  path: '/search',
  validateSearch: (given: Record<string, unknown>): { q?: string } => ({ q: text(given.q) }),
  component: lazyRouteComponent(() => import('#features/search/ui/SearchPage.tsx'), 'SearchPage'),
})
export interface CustomersSearch {
  q?: string
  company?: string
  tab?: string
}
const customers = createRoute({
  getParentRoute: () => desk,
  path: '/customers',
  validateSearch: (given: Record<string, unknown>): CustomersSearch => ({
    q: text(given.q),
    company: text(given.company),
    tab: text(given.tab),
  }),
  component: lazyRouteComponent(() => import('#features/customers/ui/CustomersPage.tsx'), 'CustomersPage'),
})
const customer = createRoute({
  getParentRoute: () => desk,
  path: '/customers/$id',
  component: lazyRouteComponent(() => import('#features/customers/ui/CustomerPage.tsx'), 'CustomerPage'),
})
const drafts = createRoute({
  getParentRoute: () => desk,
  path: '/drafts',
  component: lazyRouteComponent(() => import('#features/drafts/ui/DraftsPage.tsx'), 'DraftsPage'),
})
const outbox = createRoute({
  getParentRoute: () => desk,
  path: '/outbox',
  component: lazyRouteComponent(() => import('#features/outbox/ui/OutboxPage.tsx'), 'OutboxPage'),
})
const numbers = createRoute({
  getParentRoute: () => desk,
  path: '/numbers',
  validateSearch: numbersSearch,
  component: lazyRouteComponent(() => import('#features/numbers/ui/NumbersPage.tsx'), 'NumbersPage'),
})
const behindNumber = createRoute({
  getParentRoute: () => desk,
  path: '/numbers/$number',
  validateSearch: behindSearch,
  component: lazyRouteComponent(() => import('#features/numbers/ui/BehindPage.tsx'), 'BehindPage'),
})
const firstSteps = createRoute({
  getParentRoute: () => desk,
  path: '/first-steps',
  component: lazyRouteComponent(
    () => import('#features/first-steps/ui/FirstStepsPage.tsx'),
    'FirstStepsPage',
  ),
})
const mailLog = createRoute({
  getParentRoute: () => desk,
  path: '/mail-log',
  component: lazyRouteComponent(() => import('#features/ledger/ui/MailLogPage.tsx'), 'MailLogPage'),
})
const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings/$page',
  component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (given: Record<string, unknown>): { next?: string } => ({ next: text(given.next) }),
  component: lazyRouteComponent(() => import('./entry/SignInPage.tsx'), 'SignInPage'),
})
const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyRouteComponent(() => import('./entry/FirstRunPage.tsx'), 'FirstRunPage'),
})
const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./entry/ForgottenPage.tsx'), 'ForgottenPage'),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset/$token',
  component: lazyRouteComponent(() => import('./entry/ResetPage.tsx'), 'ResetPage'),
})
const kit = createRoute({
  getParentRoute: () => root,
  path: '/kit',
  component: lazyRouteComponent(() => import('./kit-page/KitPage.tsx'), 'KitPage'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./entry/InvitationPage.tsx'), 'InvitationPage'),
})
const answers = createRoute({
  getParentRoute: () => root,
  path: '/answers/$token',
  component: lazyRouteComponent(() => import('#features/consults/ui/AnswerPage.tsx'), 'AnswerPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    desk.addChildren([
      home,
      view.addChildren([viewHome, viewConversation]),
      conversation,
      search,
      customers,
      customer,
      drafts,
      outbox,
      mailLog,
      firstSteps,
      numbers,
      behindNumber,
      settings,
    ]),
    signIn,
    firstRun,
    forgotten,
    reset,
    invitation,
    answers,
    kit,
  ]),
  defaultPendingMs: 400,
  // What was fetched is kept by the queries alone; the router would hold on to every place one has been at.
  defaultGcTime: 0,
  defaultPreloadGcTime: 0,
  defaultPendingComponent: () => <Skeleton lines={4} />,
  defaultErrorComponent: ({ error, reset: again }) => (
    <ErrorState
      error={error}
      onRetry={() => {
        again()
        void router.invalidate()
      }}
    />
  ),
  scrollRestoration: false,
  // Search words and filters stand in the URL as they are, without JSON quotes around digits.
  parseSearch: (given) => Object.fromEntries(new URLSearchParams(given)),
  stringifySearch: (given) => {
    const parts = Object.entries(given).filter(([, value]) => value !== undefined && value !== '')
    return parts.length ? `?${new URLSearchParams(parts.map(([name, value]) => [name, String(value)]))}` : ''
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
