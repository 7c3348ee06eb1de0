// The console in a real browser against a real desk: the ways of one agent, and every screen under axe in both
// themes. The story of two agents is in test/e2e.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { findBarriers, openBrowser, picture, writtenIn } from '../../test/browser.ts'
import { adminAddress, adminPassword, inboxAddress, startDesk } from '../../test/desk.ts'
import { until } from '../../test/until.ts'

const { visit, complaints } = await openBrowser()
const { desk, url, admin, addAgent } = await startDesk()
const boris = await addAgent({ name: 'Boris' })

const post = createTransport({ host: '127.0.0.1', port: Number(desk.smtpPort), ignoreTLS: true })
after(() => post.close())
/** A customer writes; answers when the desk has it. */
async function write(
  from: string,
  subject: string,
  more: { text?: string; html?: string } = { text: 'Hello' },
) {
  await post.sendMail({ from, to: inboxAddress, subject, ...more })
  return until(async () => {
    const { body } = await admin.get<{ items: { number: number; subject: string }[] }>('/conversations', {
      query: { view: 'all' },
    })
    return body.items.find((each) => each.subject === subject)?.number
  })
}

async function signIn(page: Page) {
  await page.getByLabel('Mail address').fill(adminAddress)
  await page.getByLabel('Password').fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Menu' }).waitFor()
}

/** A signed-in page. Signing in once is enough for the file: tries are limited. */
let kept: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>> | undefined
async function open(path: string, options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({
    ...options,
    ...(kept ? { storageState: kept } : {}),
    expected: options.expected ?? /401/,
  })
  await page.goto(`${url}${path}`)
  if (!kept) {
    await signIn(page)
    kept = await page.context().storageState()
  }
  return page
}
const row = (page: Page, subject: string) =>
  page.getByRole('region', { name: 'Queue', exact: true }).getByText(subject)
const field = (page: Page, name: RegExp) => page.getByRole('combobox', { name })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

test('signing in leads to where one wanted to go, and a wrong password is said and keeps what was typed', async () => {
  const page = await visit({ expected: /401/ })
  await page.goto(`${url}/views/unassigned`)
  await page.getByLabel('Mail address').fill(adminAddress)
  await page.getByLabel('Password').fill('not this one')
  await button(page, 'Sign in').click()
  await page.getByRole('alert').waitFor()
  assert.equal(await page.getByLabel('Mail address').inputValue(), adminAddress)
  await signIn(page)
  assert.equal(new URL(page.url()).pathname, '/views/unassigned')
  kept = await page.context().storageState()
  await page.context().close()
})

test('a mail appears in the queue without a reload, counts in the rail, and opens with its URL', async () => {
  const page = await open('/views/unassigned')
  await page.getByText('No mail yet').waitFor()
  const number = await write('Marta Lindqvist <marta@lindqvist.example>', 'The lid is missing')
  await row(page, 'The lid is missing').click()
  await page.waitForURL(`**/views/unassigned/${number}`)
  await page.getByRole('article', { name: 'Marta Lindqvist' }).getByText('Hello').waitFor()
  await page.getByRole('link', { name: /^Unassigned 1$/ }).waitFor()
  await page.goBack()
  assert.equal(new URL(page.url()).pathname, '/views/unassigned')
  await page.context().close()
})

test('keys assign, tag, rank and close, and what they did stands in the timeline', async () => {
  const number = await write('Chidi Okafor <chidi@okafor.example>', 'Change of address')
  const page = await open(`/views/all/${number}`)
  await field(page, /^Responsible: nobody/).waitFor()
  await page.keyboard.press('a')
  await page.getByPlaceholder('Who takes it?').waitFor()
  await page.keyboard.type('Bor')
  await page.getByRole('option', { name: 'Boris' }).waitFor()
  await page.keyboard.press('Enter')
  await field(page, /^Responsible: Boris/).waitFor()
  await page.getByPlaceholder('Who takes it?').waitFor({ state: 'hidden' })
  await page.keyboard.press('t')
  await page.getByPlaceholder('Find or make a tag').waitFor()
  await page.keyboard.type('delivery')
  await page.getByRole('option', { name: 'delivery' }).waitFor()
  await page.keyboard.press('Enter')
  await button(page, 'Remove the tag delivery').waitFor()
  await page.keyboard.press('Escape')
  await page.getByPlaceholder('Find or make a tag').waitFor({ state: 'hidden' })
  await page.keyboard.press('p')
  await page.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await button(page, /^Priority: Urgent/).waitFor()
  // Closing goes on to the next one, so what it did is asked of the desk.
  await page.keyboard.press('e')
  const { body } = await until(async () => {
    const answer = await admin.get<Conversation>(`/conversations/${number}`)
    return answer.body.status.category === 'solved' && answer
  })
  assert.deepEqual(
    { assignee: body.assignee?.id, tags: body.tags, priority: body.priority },
    { assignee: boris.id, tags: ['delivery'], priority: 'urgent' },
  )
  await page.context().close()
})
interface Conversation {
  status: { category: string }
  assignee: { id: string } | null
  tags: string[]
  priority: string
}

test('what the server refuses is taken back on screen, with the reason', async () => {
  const number = await write('Kim <kim@example.org>', 'Refused change')
  const page = await open(`/conversations/${number}`, { expected: /409|401|ERR_FAILED/ })
  await page.route('**/assignee', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'conversation_closed', detail: 'This conversation is locked.' }),
    }),
  )
  await field(page, /^Responsible: nobody/).waitFor()
  // Nothing is fetched anew: what is on screen afterwards was put back by hand.
  await page.route(`**/api/v1/conversations/${number}`, (route) => route.abort())
  await page.keyboard.press('a')
  await page.getByRole('option', { name: 'Boris' }).click()
  await page.getByText('This conversation is locked.').first().waitFor()
  await field(page, /^Responsible: nobody/).waitFor()
  await page.context().close()
})

test('a stranger’s HTML runs nothing, loads nothing from afar until asked, and folds its quote', async () => {
  const asked: string[] = []
  const number = await write('News <news@shop.example>', 'Colourful', {
    text: 'See this.\n\nOn Mon, Nov 16, 2026 at 9:00 AM Support <support@example.com> wrote:\n\n> What we said.',
    html: `<p>See <b>this</b>. <img src="https://far.example/a.png" width="90" height="30" onerror="parent.hacked=1"></p>
      <script>parent.hacked = 1</script>
      <div>On Mon, Nov 16, 2026 at 9:00 AM Support &lt;support@example.com&gt; wrote:<blockquote>What we said.</blockquote></div>`,
  })
  const page = await open(`/conversations/${number}`, { expected: /pictures|401/ })
  page.on('request', (request) => asked.push(request.url()))
  const frame = page.frameLocator('iframe')
  await frame.getByText('this', { exact: true }).waitFor()
  await frame.getByText('What we said.').waitFor({ state: 'hidden' })
  await button(page, 'Show the quoted text').click()
  await frame.getByText('What we said.').waitFor()
  await button(page, 'Show 1 picture').click()
  await until(() => asked.some((each) => each.startsWith(`${url}/api/v1/pictures?url=`)))
  assert.deepEqual(
    asked.filter((each) => !each.startsWith(url) && !each.startsWith('data:')),
    [],
  )
  assert.equal(await page.evaluate(() => 'hacked' in globalThis), false)
  await page.context().close()
})

test('search finds words, marks them, and its URL can be passed on', async () => {
  const number = await write('Ann <ann@example.org>', 'Broken kettle', {
    text: 'The kettle <b>whistles</b> no more.',
  })
  const page = await open('/search')
  await page.getByRole('searchbox').fill('whistles')
  await page.getByRole('link', { name: /Broken kettle/ }).waitFor()
  assert.match(page.url(), /\/search\?q=whistles$/)
  assert.equal(await page.locator('mark').first().textContent(), 'whistles')
  await page.getByRole('link', { name: /Broken kettle/ }).click()
  await page.waitForURL(`**/conversations/${number}?item=*`)
  await page.context().close()
})

test('on the phone queue and conversation are two screens, nothing is wider than the screen', async () => {
  const number = await write(
    'Tom <tom@example.org>',
    'A rather long subject that does not fit on a small screen at all',
  )
  const page = await open('/views/all', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await row(page, 'A rather long subject').click()
  await page.waitForURL(`**/views/all/${number}`)
  await row(page, 'A rather long subject').waitFor({ state: 'hidden' })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `${wide} px`)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header button, nav a')]
      .filter((each) => each.offsetParent !== null && each.offsetHeight < 40 && each.offsetWidth < 40)
      .map((each) => each.outerHTML.slice(0, 100)),
  )
  assert.deepEqual(small, [])
  await button(page, 'To the queue').click()
  await row(page, 'A rather long subject').waitFor()
  await page.context().close()
})

test('the session ends while one works: the password is asked in place and what was typed is sent', async () => {
  const number = await write('Ivo <ivo@example.org>', 'Session over')
  const page = await visit({ expected: /401/ })
  await page.goto(`${url}/conversations/${number}`)
  await signIn(page)
  await field(page, /^Responsible: nobody/).waitFor()
  // Everything is fetched: the next request is the person's own.
  await button(page, 'Send and wait').waitFor()
  await page.waitForLoadState('networkidle')
  await page.context().clearCookies()
  await page.keyboard.press('p')
  await page.getByRole('menuitemradio', { name: 'High' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await dialog.getByLabel('Password').fill(adminPassword)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await until(
    async () => (await admin.get<Conversation>(`/conversations/${number}`)).body.priority === 'high',
  )
  await page.context().close()
})

const reply = (page: Page) => page.getByRole('textbox', { name: 'Text of the reply' })

test('a reply is kept while it is written, survives a reload, leaves, and its undo gives it back with its file', async () => {
  const number = await write('Rosa <rosa@example.org>', 'A reply')
  const page = await open(`/conversations/${number}`)
  await reply(page).fill('Dear Rosa,\n\nit is done.')
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await until(async () => (await writtenIn(reply(page))) === 'Dear Rosa,\n\nit is done.')
  await page.setInputFiles('input[type=file]', {
    name: 'receipt.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('42'),
  })
  await button(page, 'Remove receipt.txt').waitFor()
  await button(page, 'Send and wait').click()
  await page.getByRole('article', { name: 'Admin' }).getByText('it is done.').waitFor()
  assert.equal(await writtenIn(reply(page)), '')
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click()
  await until(async () => (await writtenIn(reply(page))).endsWith('it is done.'))
  await button(page, 'Remove receipt.txt').waitFor()
  await page.getByText('Not sent, undone').waitFor()
  await page.context().close()
})

test('what arrives while one writes stops the send: it is marked, and the writer decides', async () => {
  const number = await write('Uma <uma@example.org>', 'A guard')
  const page = await open(`/conversations/${number}`, { expected: /40[19]|DISCONNECTED/ })
  await reply(page).fill('First answer')
  await button(page, 'Send and wait').click()
  await button(page, 'Send now').click()
  const mail = await until(async () => {
    const { body } = await admin.get<{ items: { id: string; conversation: number | null }[] }>('/outbox')
    return body.items.find((each) => each.conversation === number)
  })
  await reply(page).fill('Second answer')
  // The line is cut: the guard is the server's, not the screen's.
  await page.context().setOffline(true)
  await admin.post(`/outbox/${mail.id}/answer`, { text: 'Wait, one more thing' })
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.context().setOffline(false)
  await button(page, 'Send and wait').click()
  const stopped = page.getByRole('alert').filter({ hasText: 'Uma wrote while you were writing' })
  await stopped.waitFor()
  await page.getByRole('article', { name: 'Uma' }).getByText('Wait, one more thing').waitFor()
  assert.equal(await writtenIn(reply(page)), 'Second answer')
  await stopped.getByRole('button', { name: 'Save as comment' }).click()
  await page.getByRole('article', { name: 'Comment by Admin' }).getByText('Second answer').waitFor()
  assert.equal(await writtenIn(reply(page)), '')
  await page.context().close()
})

test('a failed send keeps the text with the reason; a house just away is asked again by itself; once with one key', async () => {
  const number = await write('Viktor <viktor@example.org>', 'A failure')
  const page = await open(`/conversations/${number}`, { expected: /50[03]|401/ })
  const keys: (string | undefined)[] = []
  await page.route('**/messages', async (route) => {
    const status = [500, 503][keys.length]
    keys.push(route.request().headers()['idempotency-key'])
    if (!status) return route.continue()
    return route.fulfill({
      status,
      contentType: 'application/problem+json',
      body: '{"code":"broken","detail":"The database is puzzled."}',
    })
  })
  await reply(page).fill('Try me twice')
  await button(page, 'Send and wait').click()
  await page.getByText('Not sent: The database is puzzled.').waitFor()
  assert.equal(await writtenIn(reply(page)), 'Try me twice')
  await button(page, 'Send and wait').click()
  await page.getByRole('article', { name: 'Admin' }).getByText('Try me twice').waitFor()
  assert.equal(await writtenIn(reply(page)), '')
  assert.equal(keys.length, 3)
  assert.equal(new Set(keys).size, 1)
  await page.context().close()
})

test('a comment calls a colleague by @ and is told apart', async () => {
  const number = await write('Wim <wim@example.org>', 'A comment')
  const page = await open(`/conversations/${number}`)
  await page.getByRole('tab', { name: 'Comment' }).click()
  const area = page.getByRole('textbox', { name: 'Text of the comment' })
  await area.pressSequentially('Could you look, @bor')
  await page.getByRole('option', { name: 'Boris' }).waitFor()
  await area.press('Enter')
  assert.equal(await writtenIn(area), 'Could you look, @Boris ')
  await button(page, 'Add comment').click()
  await page.getByRole('article', { name: 'Comment by Admin' }).waitFor()
  const { body } = await boris.client.get<{ items: { number: number }[] }>('/conversations', {
    query: { view: 'mentioned' },
  })
  assert.deepEqual(
    body.items.map((each) => each.number),
    [number],
  )
  await page.context().close()
})

test('an agent begins a conversation for a customer who called', async () => {
  const page = await open('/views/mine')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByRole('combobox', { name: 'How' }).click()
  await page.getByRole('option', { name: 'The customer called' }).click()
  await dialog.getByLabel('Customer').fill('Yara, +44 20 7946 0001')
  await dialog.getByLabel('Subject').fill('A call about the invoice')
  await dialog.getByLabel('What was said').fill('She wants a copy.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL('**/conversations/*')
  await page.getByRole('heading', { name: 'A call about the invoice' }).waitFor()
  await page.getByText('She wants a copy.').first().waitFor()
  await page.context().close()
})

const screens = [
  '/views/all',
  '/views/spam',
  '/search?q=kettle',
  '/drafts',
  '/outbox',
  '/mail-log',
  '/settings/profile',
  '/settings/sessions',
  '/settings/api-keys',
  '/settings/inboxes',
  '/settings/channels',
  '/settings/agents',
  '/settings/teams',
]
for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barriers on any screen in the ${colorScheme} theme`, async () => {
    const number = await write('Marta <marta@lindqvist.example>', `Barriers ${colorScheme}`, {
      html: '<p style="color:#444">A <b>letter</b></p>',
    })
    const found: Record<string, string[]> = {}
    const page = await open('/', { colorScheme, expected: /40[14]/ })
    for (const path of [...screens, `/views/all/${number}`]) {
      await page.goto(`${url}${path}`)
      await page.waitForLoadState('networkidle')
      await page.locator('h1').first().waitFor({ state: 'attached' })
      const barriers = await findBarriers(page)
      if (barriers.length > 0) found[path] = barriers
      await picture(page, `${path.replaceAll(/\W+/g, '-').slice(1)}-${colorScheme}`)
    }
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    found.keys = await findBarriers(page)
    const door = await visit({ colorScheme, expected: /40[14]/ })
    for (const path of ['/sign-in', '/reset', '/reset/nothing', '/invitation/nothing', '/nowhere']) {
      await door.goto(`${url}${path}`)
      await door.waitForLoadState('networkidle')
      await door.locator('h1').first().waitFor({ state: 'attached' })
      const barriers = await findBarriers(door)
      if (barriers.length > 0) found[path] = barriers
    }
    assert.deepEqual(found, { keys: [] })
    await page.context().close()
    await door.context().close()
  })
}

test('the first screen is small and comes in few requests', async () => {
  const page = await visit({ expected: /401/ })
  const sizes = new Map<string, number>()
  page.on('response', (response) => {
    if (!['script', 'stylesheet'].includes(response.request().resourceType())) return
    sizes.set(response.url(), Number(response.headers()['content-length']))
  })
  await page.context().addCookies(kept?.cookies ?? [])
  await page.goto(`${url}/views/all`)
  await page.getByRole('navigation', { name: 'Menu' }).waitFor()
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  assert.ok(total > 50_000 && total <= 200_000, `${total} bytes`)
  assert.ok(sizes.size <= 8, [...sizes.keys()].join(' '))
  await page.context().close()
})

test('no page complained', () => assert.deepEqual(complaints, []))
