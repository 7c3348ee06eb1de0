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
  /** before the page is opened */
  before?(desk: PictureDesk): Promise<unknown>
  prepare?(visit: Visiting): Promise<unknown>
  /** puts back what it changed */
  after?(desk: PictureDesk): Promise<unknown>
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

/** The row of a list with these words, else its first. */
const row = (words?: string | RegExp) => (visit: Visiting) =>
  visit.page
    .getByRole('main')
    .getByRole('listitem')
    .getByRole('button')
    .filter(words ? { hasText: words } : {})
    .first()
    .click()
const rowThen = (words: string, then: string) => async (visit: Visiting) => {
  await row(words)(visit)
  await visit.page
    .getByRole('dialog')
    .getByRole('button', { name: visit.text(then), exact: true })
    .click()
}
/** The menu at a row's end, then one of its items. */
const rowMenu = (then?: string) => async (visit: Visiting) => {
  await visit.page.getByRole('main').locator('li [aria-haspopup=menu]').first().click()
  if (then) await visit.page.getByRole('menuitem', { name: visit.text(then) }).click()
}
const nobody = { items: [], nextCursor: null }
const empty = (name: string, path: string, url: RegExp): Screen => ({
  name: `settings-empty-${name}`,
  path,
  answer: [url, nobody],
})

/** What opens above the settings and their neighbours, and the settings without anything in them. */
const dialogs: Screen[] = [
  { name: 'dialog-agent', path: '/settings/agents', prepare: row('Ingrid') },
  { name: 'dialog-agent-remove', path: '/settings/agents', prepare: rowThen('Ingrid', 'settings:remove') },
  { name: 'dialog-invite', path: '/settings/agents', prepare: press('settings:agents.invite') },
  { name: 'dialog-team', path: '/settings/teams', prepare: row() },
  { name: 'dialog-team-new', path: '/settings/teams', prepare: press('settings:teams.add') },
  { name: 'dialog-inbox', path: '/settings/inboxes', prepare: row() },
  {
    name: 'dialog-channel',
    path: '/settings/channels',
    prepare: press2('settings:channels.add', 'settings:channels.kind.mail'),
  },
  {
    name: 'dialog-channel-by-hand',
    path: '/settings/channels',
    async prepare(visit) {
      await press2('settings:channels.add', 'settings:channels.kind.mail')(visit)
      await press('channels:byHand')(visit)
      for (const one of await visit.page.getByRole('switch').all()) await one.click()
    },
  },
  {
    name: 'dialog-channel-own',
    path: '/settings/channels',
    prepare: press2('settings:channels.add', 'settings:channels.kind.custom'),
  },
  { name: 'dialog-channel-kept', path: '/settings/channels', prepare: row() },
  { name: 'dialog-tag', path: '/settings/tags', prepare: rowMenu('desk:tags.rename') },
  { name: 'dialog-tag-menu', path: '/settings/tags', prepare: rowMenu() },
  { name: 'dialog-tag-merge', path: '/settings/tags', prepare: rowMenu('desk:tags.merge') },
  { name: 'dialog-tag-remove', path: '/settings/tags', prepare: rowMenu('settings:remove') },
  { name: 'dialog-saved-reply', path: '/settings/saved-replies', prepare: row() },
  {
    name: 'dialog-saved-reply-preview',
    path: '/settings/saved-replies',
    async prepare(visit) {
      await row()(visit)
      await press('desk:replies.preview')(visit)
    },
  },
  { name: 'dialog-view', path: '/settings/views', prepare: rowMenu('queue:viewEdit') },
  { name: 'dialog-view-new', path: '/settings/views', prepare: press('desk:views.add') },
  { name: 'dialog-api-key', path: '/settings/api-keys', prepare: press('settings:apiKeys.add') },
  {
    name: 'dialog-api-key-made',
    path: '/settings/api-keys',
    async prepare(visit) {
      await press('settings:apiKeys.add')(visit)
      await visit.page.getByRole('dialog').getByRole('textbox').fill('Web shop')
      await visit.page.keyboard.press('Enter')
      await visit.page.getByText(visit.text('settings:apiKeys.madeTitle')).waitFor()
    },
  },
  { name: 'dialog-block', path: '/settings/blocked', prepare: press('desk:blocked.add') },
  {
    name: 'dialog-unsaved',
    path: '/settings/teams',
    async prepare(visit) {
      await press('settings:teams.add')(visit)
      await visit.page.getByRole('dialog').getByRole('textbox').fill('Returns')
      await visit.page.keyboard.press('Escape')
    },
  },
  {
    name: 'dialog-refused',
    path: '/settings/teams',
    async prepare(visit) {
      await press('settings:teams.add')(visit)
      await visit.page
        .getByRole('dialog')
        .getByRole('button', { name: visit.text('settings:save') })
        .click()
    },
  },
  { name: 'dialog-mail-log', path: '/mail-log', prepare: row() },
  {
    name: 'bell',
    path: '/customers',
    async prepare(visit) {
      if (visit.width < 760) await press('console:rail')(visit)
      await visit.page
        .getByRole('button', { name: new RegExp(`^${visit.text('notifications:bell')}`) })
        .locator('visible=true')
        .click()
    },
  },
  {
    name: 'sign-in-again',
    path: '/customers',
    async prepare({ page, desk }) {
      await page.route(/\/api\/v1\//, (route) =>
        route.fulfill({ status: 401, json: { code: 'signed_out', status: 401 } }),
      )
      await page.locator('input[type=search]').last().fill('who')
      await page.locator('input[type=password]').waitFor()
      void desk
    },
  },
  { name: 'numbers', path: '/numbers' },
  { name: 'numbers-behind', path: '/numbers/new' },
  { name: 'first-steps', path: '/first-steps' },
  {
    name: 'company',
    path: '/customers?tab=companies',
    prepare: ({ page }) => page.getByRole('main').getByRole('listitem').getByRole('link').first().click(),
  },
  empty('agents', '/settings/agents', /\/api\/v1\/agents/),
  empty('teams', '/settings/teams', /\/api\/v1\/teams/),
  empty('tags', '/settings/tags', /\/api\/v1\/tags/),
  empty('saved-replies', '/settings/saved-replies', /\/api\/v1\/saved-replies/),
  empty('views', '/settings/views', /\/api\/v1\/views/),
  empty('blocked', '/settings/blocked', /\/api\/v1\/blocked/),
  empty('channels', '/settings/channels', /\/api\/v1\/channels/),
  empty('api-keys', '/settings/api-keys', /\/api\/v1\/api-keys/),
  { name: 'settings-loading', path: '/settings/agents', answer: [/\/api\/v1\/agents/, 'wait'] },
  { name: 'settings-error', path: '/settings/agents', answer: [/\/api\/v1\/agents/, 'fail'] },
]

const formSender = (earlier: number, isForm: boolean | null) => ({
  id: String(earlier),
  inbox: { id: '1', name: 'Support' },
  address: `${isForm ? 'orders' : 'no-reply'}@website-forms.example`,
  isForm,
  replyTo: ['heike@example.com', 'jan.de.vries@example.org'],
  earlier,
})
const pasted = 'v=spf1 a mx include:mail.provider.example ip4:192.0.2.25 ~all'
const domainSays = {
  domain: 'example.com',
  records: [
    { kind: 'mx', state: 'ok', name: 'example.com', found: null, paste: null },
    { kind: 'spf', state: 'lacks', name: 'example.com', found: 'v=spf1 ~all', paste: pasted },
    {
      kind: 'dkim',
      state: 'missing',
      name: 'foyer._domainkey.example.com',
      found: null,
      paste: `v=DKIM1; k=rsa; p=${'MIIBIjANBgkqhkiG9w0BAQEFAAOC'.repeat(14)}`,
    },
    { kind: 'dmarc', state: 'missing', name: '_dmarc.example.com', found: null, paste: 'v=DMARC1; p=none' },
  ],
}
const ofMessage = (name: string) => async (visit: Visiting) => {
  await visit.button('console:messageActs').last().click()
  await visit.page.getByRole('menuitem', { name: visit.text(name) }).click()
}

const well = { lastError: null, lastErrorAt: null, lastErrorSide: null, lastErrorHint: null }
const mailbox = (name: string, health: object, oauth: object | null = null) => ({
  ...{ id: name, kind: 'mail', name, inbox: { id: '1', name: 'Support' }, imap: null, smtp: null },
  ...{ authServer: null, oauth, dkim: null, watchSent: false, url: null, enabled: true },
  health: {
    ...{
      ...well,
      lastInAt: '2026-03-02T10:00:00Z',
      lastOutAt: '2026-02-26T15:00:00Z',
      silentSince: null,
      noSentSince: null,
    },
    ...{ lastMailAt: '2026-02-20T08:00:00Z', waitingIn: 0, waitingOut: 0, ...health },
  },
})
const signedIn = { provider: 'microsoft', signedInAt: '2026-02-20T08:00:00Z', until: '2026-03-06T08:00:00Z' }
const channelsSay = {
  items: [
    mailbox('Silent mailbox', { silentSince: '2026-02-20T08:00:00Z' }),
    mailbox('Mailbox that is behind', { waitingIn: 3, waitingOut: 21 }),
    mailbox('Mailbox at Microsoft', {}, signedIn),
    mailbox('Mailbox without a sent folder', { noSentSince: '2026-02-20T08:00:00Z' }),
  ],
  nextCursor: null,
}

/** Forms that are asked about, a domain, links, the ledger's alarm, what is sealed and erased. */
const newest: Screen[] = [
  {
    name: 'form-senders',
    path: '/settings/inboxes',
    answer: [/\/api\/v1\/form-senders/, { items: [formSender(3, null), formSender(12, true)] }],
  },
  {
    name: 'channels-silent',
    path: '/settings/channels',
    answer: [/\/api\/v1\/channels\?/, channelsSay],
  },
  {
    name: 'channel-silent',
    path: '/settings/channels',
    answer: [/\/api\/v1\/channels\?/, channelsSay],
    prepare: row(/Silent mailbox/),
  },
  {
    name: 'channel-signed-in',
    path: '/settings/channels',
    answer: [/\/api\/v1\/channels\?/, channelsSay],
    prepare: row(/Mailbox at Microsoft/),
  },
  {
    name: 'domain-check',
    path: '/settings/channels',
    answer: [/\/channels\/\w+\/domain/, domainSays],
    async prepare(visit) {
      await row(/delivery@/)(visit)
      await press('channels:domain.check')(visit)
      await visit.page.getByText('DMARC').last().scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'conversation-linked',
    path: at('spare'),
    async prepare({ page }) {
      await page.route(one, async (route) => {
        const answer = await route.fetch()
        const links = ['follows', 'same_message', 'same_thread'].map((kind, at) => ({
          kind,
          number: 11 + at,
        }))
        await route.fulfill({ response: answer, json: { ...(await answer.json()), links } })
      })
      await page.reload()
    },
  },
  {
    name: 'conversation-judged',
    path: at('spare'),
    async prepare({ page }) {
      const words = [
        'bonus',
        'jackpot',
        'casino.example',
        'winner',
        'Gewinnbenachrichtigungsschreiben',
        'مكافأة',
      ]
      await page.route(one, async (route) => {
        const answer = await route.fetch()
        const judged = { spam: true, spamVerdict: { by: 'learned', words } }
        await route.fulfill({ response: answer, json: { ...(await answer.json()), ...judged } })
      })
      await page.reload()
    },
  },
  {
    name: 'spam-learned',
    path: '/settings/spam',
    answer: [/\/spam-learning/, { on: true, spam: 34, other: 121, fewest: 20 }],
  },
  {
    name: 'spam-forget',
    path: '/settings/spam',
    answer: [/\/spam-learning/, { on: true, spam: 3, other: 1, fewest: 20 }],
    prepare: press('desk:spam.forget'),
  },
  ...['/mail-log', '/views/all'].map((path) => ({
    name: `ledger-banner${path.startsWith('/mail') ? '' : '-queue'}`,
    path,
    answer: [
      /\/ledger\/alarm/,
      { alarm: { since: '2026-01-05T08:00:00Z', received: 2, outgoing: 0, seen: null } },
    ] as Screen['answer'],
  })),
  { name: 'asked', path: at('asked') },
  { name: 'answered', path: at('answered') },
  {
    name: 'forwarded-answer',
    path: at('answered'),
    async prepare({ page }) {
      await page.route(one, async (route) => {
        const answer = await route.fetch()
        const opened = (await answer.json()) as { items: { answers?: { invited: boolean } | null }[] }
        for (const { answers } of opened.items) if (answers) answers.invited = false
        await route.fulfill({ response: answer, json: opened })
      })
      await page.reload()
    },
  },
  {
    name: 'handoffs',
    path: at('answered'),
    async prepare({ page }) {
      const line = page.locator('header button[aria-expanded="false"]').last()
      await line.waitFor()
      await line.click()
    },
  },
  { name: 'merged', path: at('merged') },
  { name: 'merge', path: at('spare'), prepare: key('m') },
  {
    name: 'merge-preview',
    path: at('spare'),
    async prepare(visit) {
      await visit.page.keyboard.press('m')
      await visit.page.getByRole('radio').first().click()
      await visit.page.locator('dl').last().waitFor()
    },
  },
  {
    name: 'merge-stranger',
    path: at('spare'),
    async prepare(visit) {
      await visit.page.keyboard.press('m')
      await visit.page.getByRole('searchbox').last().fill('Glass shade broken')
      await visit.page.getByText('Glass shade broken on arrival').last().click()
      await visit.page.locator('dl').last().waitFor()
    },
  },
  {
    name: 'merge-none',
    path: at('spare'),
    async prepare(visit) {
      await visit.page.keyboard.press('m')
      await visit.page.getByRole('searchbox').last().fill('zzqq')
    },
  },
  {
    name: 'merge-picked',
    path: '/views/all',
    async prepare({ page }) {
      for (const keys of ['j', 'x', 'j', 'x', 'j', 'x', 'm']) await page.keyboard.press(keys)
    },
  },
  { name: 'split', path: at('merged'), prepare: ofMessage('timeline:split') },
  { name: 'dialog-partner', path: '/settings/directory', prepare: press('desk:directory.add') },
  { name: 'private', path: at('private') },
  { name: 'private-seal', path: at('private'), prepare: ofMessage('timeline:sealMenu') },
  { name: 'private-erase', path: at('private'), prepare: ofMessage('timeline:erase') },
  { name: 'sealed', path: at('sealed') },
  { name: 'sealed-open', path: at('sealed'), prepare: press('timeline:openSeal') },
  {
    name: 'sealed-shown',
    path: at('sealed'),
    async prepare(visit) {
      await press('timeline:openSeal')(visit)
      await visit.page.getByRole('dialog').getByRole('textbox').fill('Money back')
      await visit.page.keyboard.press('Enter')
    },
  },
  {
    name: 'person-acts',
    path: (desk) => `/customers/${desk.customer}`,
    prepare: ({ page, text }) => page.getByText(text('seal:personErase')).scrollIntoViewIfNeeded(),
  },
  { name: 'person-erase', path: (desk) => `/customers/${desk.customer}`, prepare: press('seal:personErase') },
]

const send = async (visit: Visiting) => {
  await write('Good morning, the shade leaves us today.')(visit)
  await visit.page.keyboard.press('Control+Enter')
}
const refused = (status: number, code: string, more: object = {}) => ({
  status,
  json: { code, status, ...more },
})
/** Every change is answered with this, from now on. */
const refuseAll = (page: Page, answer: ReturnType<typeof refused>) =>
  page.route(/\/api\/v1\//, (route) =>
    route.request().method() === 'GET' ? route.fallback() : route.fulfill(answer),
  )
const fileFor = async (visit: Visiting, answer?: ReturnType<typeof refused>) => {
  if (answer) await visit.page.route(/\/api\/v1\/attachments/, (route) => route.fulfill(answer))
  await editor(visit).click()
  await visit.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
}
/** A finger on the first row, drawn this far and not lifted. */
const swipe = (far: number) => async (visit: Visiting) => {
  const line = await visit.page.locator('[data-row]').nth(1).boundingBox()
  const hand = await visit.page.context().newCDPSession(visit.page)
  const [x, y] = [line!.x + line!.width / 2, line!.y + 30]
  const touch = (type: 'touchStart' | 'touchMove', moved: number) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: x + moved, y }] })
  await touch('touchStart', 0)
  for (const part of [0.2, 0.5, 1]) await touch('touchMove', far * part)
}

/** What comes and goes: bars, stops, refusals. */
const passing: Screen[] = [
  {
    name: 'undo-bar',
    path: at('spare'),
    before: (desk) => desk.call('PATCH', '/me', { settings: { undoSeconds: 30 } }),
    prepare: send,
    after: (desk) => desk.call('PATCH', '/me', { settings: { undoSeconds: 0 } }),
  },
  { name: 'toast', path: at('spare'), prepare: press2('console:more', 'console:toSpam') },
  {
    name: 'guard-stop',
    path: at('theirs'),
    async prepare(visit) {
      await write('Good morning, the shade leaves us today.')(visit)
      await visit.desk.colleague('POST', `/conversations/${visit.desk.numbers.theirs}/comments`, {
        text: 'She is a regular.',
      })
      await refuseAll(visit.page, refused(409, 'stale', { newer: [] }))
      await visit.page.keyboard.press('Control+Enter')
    },
  },
  { name: 'colleague-draft', path: at('theirs') },
  { name: 'colleague-draft-shown', path: at('theirs'), prepare: press('composer:draftShow') },
  {
    name: 'queue-dense',
    path: '/views/all',
    async prepare(visit) {
      await press2('console:queueOrder', 'console:rowsDense')(visit)
    },
  },
  { name: 'swipe-close', path: '/views/all', widths: [390], prepare: swipe(130) },
  { name: 'swipe-snooze', path: '/views/all', widths: [390], prepare: swipe(-130) },
  {
    name: 'offline',
    path: at('files'),
    async prepare(visit) {
      await visit.page.context().setOffline(true)
      await visit.page.evaluate(() => dispatchEvent(new Event('offline')))
      await send(visit)
    },
  },
  {
    name: 'offline-queue',
    path: '/views/all',
    async prepare({ page }) {
      await page.context().setOffline(true)
      await page.evaluate(() => dispatchEvent(new Event('offline')))
    },
  },
  {
    name: 'printed',
    path: '/customers',
    async prepare({ page, desk }) {
      const path = `${desk.url}/api/v1/conversations/${desk.numbers.files}/document?history=true`
      const answer = await page.context().request.get(path)
      await page.setContent(await answer.text())
    },
  },
  ...([500, 403, 404] as const).map((status) => ({
    name: `reply-refused-${status}`,
    path: at('spare'),
    async prepare(visit: Visiting) {
      const code = { 500: 'internal', 403: 'forbidden', 404: 'not_found' }[status]
      await refuseAll(visit.page, refused(status, code))
      await send(visit)
    },
  })),
  {
    name: 'reply-away',
    path: at('spare'),
    async prepare(visit) {
      await visit.page.route(/\/messages$/, (route) => route.abort())
      await send(visit)
    },
  },
  { name: 'upload', path: at('spare'), prepare: (visit) => fileFor(visit) },
  {
    name: 'upload-refused',
    path: at('spare'),
    prepare: (visit) => fileFor(visit, refused(413, 'too_large')),
  },
  {
    name: 'conversation-not-found',
    path: '/conversations/999999',
  },
  {
    name: 'conversation-forbidden',
    path: at('spare'),
    async before() {},
    answer: [one, { code: 'forbidden', status: 403 }],
  },
  {
    name: 'dialog-server-away',
    path: '/settings/teams',
    async prepare(visit) {
      await press('settings:teams.add')(visit)
      await visit.page.getByRole('dialog').getByRole('textbox').first().fill('Returns')
      await visit.page.route(/\/api\/v1\//, (route) => route.abort())
      await visit.page.keyboard.press('Enter')
    },
  },
  {
    name: 'dialog-forbidden',
    path: '/settings/teams',
    async prepare(visit) {
      await press('settings:teams.add')(visit)
      await visit.page.getByRole('dialog').getByRole('textbox').first().fill('Returns')
      await refuseAll(visit.page, refused(403, 'forbidden'))
      await visit.page.keyboard.press('Enter')
    },
  },
  {
    name: 'profile-refused',
    path: '/settings/profile',
    async prepare(visit) {
      await refuseAll(visit.page, refused(500, 'internal'))
      await visit.page.getByRole('main').getByRole('textbox').first().fill('Somebody')
      await press('settings:save')(visit)
    },
  },
  {
    name: 'new-conversation-refused',
    path: '/views/all',
    async prepare(visit) {
      await press('console:newConversation')(visit)
      await visit.page.getByRole('dialog').locator('button[type=submit]').click()
    },
  },
  { name: 'outbox-error', path: '/outbox', answer: [/\/api\/v1\/outbox/, 'fail'] },
  { name: 'outbox-loading', path: '/outbox', answer: [/\/api\/v1\/outbox/, 'wait'] },
  { name: 'drafts-error', path: '/drafts', answer: [/\/api\/v1\/drafts/, 'fail'] },
  { name: 'customers-error', path: '/customers', answer: [/\/api\/v1\/customers\?/, 'fail'] },
  { name: 'customers-loading', path: '/customers', answer: [/\/api\/v1\/customers\?/, 'wait'] },
  { name: 'search-error', path: '/search?q=order', answer: [/\/api\/v1\/(search|conversations)/, 'fail'] },
  { name: 'search-loading', path: '/search?q=order', answer: [/\/api\/v1\/(search|conversations)/, 'wait'] },
  { name: 'numbers-error', path: '/numbers', answer: [/\/api\/v1\/numbers/, 'fail'] },
  { name: 'numbers-loading', path: '/numbers', answer: [/\/api\/v1\/numbers/, 'wait'] },
  {
    name: 'customer-error',
    path: (desk) => `/customers/${desk.customer}`,
    answer: [/\/api\/v1\/customers\/\w+/, 'fail'],
  },
  { name: 'mail-log-loading', path: '/mail-log', answer: [/\/api\/v1\/mail-log/, 'wait'] },
]

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
      width < 600 ? Promise.resolve() : page.locator('[data-row]').nth(2).click({ button: 'right' }),
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
  ...dialogs,
  ...newest,
  ...passing,
  { name: 'kit', path: '/kit' },
]

/** Puts the screen's state in the way of its requests. @returns takes it away again */
export async function pretend(page: Page, { answer }: Screen): Promise<() => Promise<void>> {
  if (!answer) return async () => {}
  const [url, how] = answer
  const stop = (route: Route) => {
    if (how === 'wait') return
    const refusal = how as { status?: number }
    const [status, body] = how === 'fail' ? [500, { code: 'bug' }] : [refusal.status ?? 200, how]
    return route.fulfill({ status: status as number, json: body })
  }
  await page.route(url, stop)
  return () => page.unroute(url, stop)
}
