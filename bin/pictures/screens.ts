// Every screen of the console by name. A new screen is one line here: where it is, and what is done before the picture.
import type { Locator, Page, Route } from 'playwright-core'
import { settingsPages } from '../../src/console/settings/pages.ts'
import type { PictureDesk } from './desk.ts'
import { type Language, say, sayAny } from './texts.ts'

export interface Visiting {
  page: Page
  desk: PictureDesk
  language: Language
  width: number
  /** a button by the console's words, e.g. `console:more` */
  button(name: string): Locator
  text(name: string): string
}
export interface Screen {
  name: string
  path: string | ((desk: PictureDesk) => string)
  /** who looks: an agent (unless said otherwise) or somebody who has not signed in */
  as?: 'nobody'
  /** requests to stop: `wait` never answers, `fail` answers 500, anything else is the answer */
  answer?: [url: RegExp, how: 'wait' | 'fail' | object]
  /** only at these widths */
  widths?: number[]
  prepare?(visit: Visiting): Promise<unknown>
}

const nothing = { items: [], next: null }
const lists = /\/api\/v1\/conversations\?/
const one = /\/api\/v1\/conversations\/\d+(?:\?|$)/
const key = (keys: string) => (visit: Visiting) => visit.page.keyboard.press(keys)
const press = (name: string) => (visit: Visiting) => visit.button(name).first().click()
const press2 = (first: string, then: string) => async (visit: Visiting) => {
  await press(first)(visit)
  await visit.page.getByRole('menuitem', { name: visit.text(then) }).click()
}
const editor = (visit: Visiting) =>
  visit.page.getByRole('textbox', { name: visit.text('console:replyText') }).first()
const write = (words: string) => async (visit: Visiting) => {
  await editor(visit).click()
  await visit.page.keyboard.press('Control+a')
  await visit.page.keyboard.type(words)
}
const at =
  (number: keyof PictureDesk['numbers'], query = '') =>
  (desk: PictureDesk) =>
    `/conversations/${desk.numbers[number]}${query}`

export const screens: Screen[] = [
  { name: 'sign-in', path: '/sign-in', as: 'nobody' },
  {
    name: 'sign-in-wrong',
    path: '/sign-in',
    as: 'nobody',
    async prepare({ page }) {
      await page.locator('input[type=email]').fill('demo@example.com')
      await page.locator('input[type=password]').fill('not this one')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').first().waitFor()
    },
  },
  { name: 'first-run', path: '/first-run', as: 'nobody', answer: [/\/api\/v1\/setup/, { needed: true }] },
  { name: 'reset', path: '/reset', as: 'nobody' },
  { name: 'reset-link', path: '/reset/abc', as: 'nobody' },
  { name: 'invitation-gone', path: '/invitation/abc', as: 'nobody' },
  { name: 'not-found', path: '/nowhere' },

  { name: 'queue', path: '/views/all' },
  { name: 'queue-mine', path: '/views/mine' },
  { name: 'queue-loading', path: '/views/all', answer: [lists, 'wait'] },
  { name: 'queue-error', path: '/views/all', answer: [lists, 'fail'] },
  ...['mine', 'unassigned', 'my-teams', 'snoozed', 'spam'].map((view) => ({
    name: `queue-empty-${view}`,
    path: `/views/${view}`,
    answer: [lists, nothing] as Screen['answer'],
  })),
  { name: 'queue-filter', path: '/views/all', prepare: press('queue:filter') },
  { name: 'queue-order', path: '/views/all', prepare: press('console:queueOrder') },
  {
    name: 'queue-bulk',
    path: '/views/all',
    async prepare({ page }) {
      await page.keyboard.press('x')
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('j')
      await page.keyboard.press('x')
    },
  },
  {
    name: 'queue-row-menu',
    path: '/views/all',
    prepare: ({ page, width }) =>
      width < 600
        ? Promise.resolve()
        : page.getByRole('region').getByRole('link').nth(2).click({ button: 'right' }),
  },
  { name: 'queue-save-view', path: '/views/all?status=open', prepare: press('queue:viewSave') },
  {
    name: 'rail-drawer',
    path: '/views/all',
    widths: [800, 390],
    prepare: press('console:rail'),
  },
  {
    name: 'myself',
    path: '/views/all',
    widths: [1440],
    prepare: ({ page }) => page.locator('nav [aria-haspopup=menu]').last().click(),
  },

  { name: 'conversation', path: at('lively') },
  { name: 'conversation-in-queue', path: (desk) => `/views/all/${desk.numbers.lively}` },
  { name: 'conversation-loading', path: at('lively'), answer: [one, 'wait'] },
  { name: 'conversation-error', path: at('lively'), answer: [one, 'fail'] },
  { name: 'conversation-hard', path: at('hard') },
  { name: 'conversation-files', path: at('files') },
  { name: 'conversation-more', path: at('lively'), prepare: press('console:more') },
  { name: 'conversation-who', path: at('lively'), widths: [800, 390], prepare: press('console:customer') },
  { name: 'conversation-who-hard', path: at('hard'), widths: [800, 390], prepare: press('console:customer') },
  { name: 'message-more', path: at('lively'), prepare: press('console:messageActs') },
  { name: 'assign', path: at('lively'), prepare: key('a') },
  { name: 'tags', path: at('hard'), prepare: key('t') },
  { name: 'priority', path: at('lively'), prepare: key('p') },
  { name: 'snooze', path: at('lively'), prepare: key('z') },
  { name: 'source', path: at('files'), prepare: press2('console:messageActs', 'console:rawSource') },
  { name: 'print', path: at('files'), prepare: press2('console:more', 'timeline:print') },
  {
    name: 'viewer',
    path: at('files'),
    prepare: ({ page, language }) =>
      page
        .getByRole('button', { name: sayAny(language, 'timeline:openFile') })
        .first()
        .click(),
  },
  {
    name: 'viewer-table',
    path: at('files'),
    prepare: ({ page }) => page.getByRole('button', { name: /csv/ }).first().click(),
  },

  { name: 'reply', path: at('files'), prepare: write('Good morning, the shade leaves us today.') },
  {
    name: 'reply-formats',
    path: at('files'),
    async prepare(visit) {
      await write('Good morning, the shade leaves us today.')(visit)
      await press('composer:formats')(visit)
    },
  },
  {
    name: 'reply-recipients',
    path: at('hard'),
    prepare: ({ page, language }) =>
      page
        .getByRole('button', { name: new RegExp(`^${say(language, 'console:to')}`) })
        .first()
        .click(),
  },
  { name: 'reply-how', path: at('files'), prepare: press('composer:sendHow') },
  {
    name: 'reply-later',
    path: at('files'),
    async prepare(visit) {
      await write('Good morning, the shade leaves us today.')(visit)
      await press2('composer:sendHow', 'composer:sendLater')(visit)
    },
  },
  {
    name: 'reply-preview',
    path: at('files'),
    async prepare(visit) {
      await write('Good morning, the shade leaves us today.')(visit)
      await press2('composer:boxMore', 'composer:preview')(visit)
    },
  },
  { name: 'reply-more', path: at('files'), prepare: press('composer:boxMore') },
  { name: 'saved-reply-list', path: at('lively'), prepare: write('/') },
  { name: 'comment', path: at('lively'), prepare: key('c') },
  { name: 'forward', path: at('files'), prepare: key('Shift+F') },
  { name: 'reply-waits', path: at('later') },
  { name: 'reply-held', path: at('held') },

  { name: 'new-conversation', path: '/views/all', prepare: press('console:newConversation') },
  { name: 'new-call', path: '/customers', prepare: key('Shift+C') },
  { name: 'palette', path: '/views/all', prepare: key('Control+k') },
  {
    name: 'palette-found',
    path: '/views/all',
    async prepare({ page }) {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('del')
    },
  },
  { name: 'keys', path: '/customers', prepare: key('?') },
  { name: 'search', path: '/search' },
  { name: 'search-found', path: '/search?q=order' },
  { name: 'search-nothing', path: '/search?q=zzzzzz' },
  { name: 'customers', path: '/customers' },
  { name: 'customers-empty', path: '/customers', answer: [/\/api\/v1\/customers\?/, nothing] },
  { name: 'companies', path: '/customers?tab=companies' },
  { name: 'customer', path: (desk) => `/customers/${desk.customer}` },
  { name: 'customer-more', path: (desk) => `/customers/${desk.customer}`, prepare: press('who:more') },
  {
    name: 'customer-join',
    path: (desk) => `/customers/${desk.customer}`,
    prepare: press2('who:more', 'who:joinWith'),
  },
  {
    name: 'customer-loading',
    path: (desk) => `/customers/${desk.customer}`,
    answer: [/\/api\/v1\/customers\/\w+/, 'wait'],
  },
  { name: 'drafts', path: '/drafts' },
  { name: 'drafts-empty', path: '/drafts', answer: [/\/api\/v1\/drafts/, nothing] },
  { name: 'outbox', path: '/outbox' },
  { name: 'outbox-empty', path: '/outbox', answer: [/\/api\/v1\/outbox/, nothing] },
  { name: 'mail-log', path: '/mail-log' },
  { name: 'mail-log-error', path: '/mail-log', answer: [/\/api\/v1\/mail-log/, 'fail'] },
  ...settingsPages.map(({ id }) => ({ name: `settings-${id}`, path: `/settings/${id}` })),
  { name: 'kit', path: '/kit' },
]

/** Puts the screen's state in the way of its requests. @returns takes it away again */
export async function pretend(page: Page, { answer }: Screen): Promise<() => Promise<void>> {
  if (!answer) return async () => {}
  const [url, how] = answer
  const stop = (route: Route) => {
    if (how === 'wait') return
    const [status, body] = how === 'fail' ? [500, { code: 'bug' }] : [200, how]
    return route.fulfill({ status: status as number, json: body })
  }
  await page.route(url, stop)
  return () => page.unroute(url, stop)
}
