// Two people and a bell: what one does is told to the other, once, where he looks; read in one tab it is gone in all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browsing, findBarriers, openBrowser, picture } from '../browser.ts'
import { startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints }: Browsing = await openBrowser()
const house: TestDesk = await startDesk()
const { url, admin } = house
const boris = await house.addAgent({ name: 'Boris', password, teams: [house.team] })

type State = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>
let kept: State | undefined
async function arrive(path: string, options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ expected: /401/, ...options, ...(kept ? { storageState: kept } : {}) })
  await page.goto(`${url}${path}`)
  if (!kept) {
    await page.locator('input[type=email]').fill(boris.address)
    await page.locator('input[type=password]').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Menu' }).waitFor()
    kept = await page.context().storageState()
  }
  return page
}
const titled = (page: Page, title: string) =>
  until(async () => (await page.title()) === title, { what: `the title ${title}` })
const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ })
const mention = async (number: number, text: string) => {
  const { status } = await admin.post(`/conversations/${number}/comments`, { text, mentions: [boris.id] })
  assert.equal(status, 201)
}
const icon = (page: Page) => page.locator('link[rel=icon]').getAttribute('href')

test('a mention reaches the bell, the title and the icon of both tabs, and reading it in one ends it in both', async (t) => {
  const { number } = await mailIn(house, { subject: 'Cracked vase', text: 'It came in two pieces.' })
  const { number: other } = await mailIn(house, { subject: 'Blue lamp', text: 'Do you have it in blue?' })
  const page = await arrive('/views/all')
  const second = await page.context().newPage()
  await second.goto(`${url}/views/unassigned`)
  await bell(second).waitFor()
  await titled(page, 'Foyer')

  await t.test('it is said where one looks, and counted everywhere', async () => {
    await mention(number, 'Boris, is this covered?')
    await titled(page, '(1) Foyer')
    await titled(second, '(1) Foyer')
    await page.getByText('Admin mentioned you: Cracked vase').first().waitFor()
    assert.match((await icon(page)) ?? '', /news\.svg/)
    await page.getByRole('button', { name: 'Notifications 1', exact: true }).waitFor()
  })
  await t.test('the list says why, and leads to the very comment', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    const news = page.getByRole('dialog', { name: 'Notifications' })
    await news.getByRole('link', { name: /Admin mentioned you.*Cracked vase/ }).waitFor()
    assert.deepEqual(await findBarriers(page), [])
    await picture(page, 'bell')
    await news.getByRole('link', { name: /Admin mentioned you/ }).click()
    await page.getByRole('article', { name: 'Cracked vase' }).waitFor()
    await page.getByText('Boris, is this covered?').first().waitFor()
  })
  await t.test('it opens at the first click, however early', async () => {
    await page.reload()
    await bell(page).click()
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
    await page.keyboard.press('Escape')
  })
  await t.test('read here, it is gone there', async () => {
    await titled(page, 'Foyer')
    await titled(second, 'Foyer')
    assert.doesNotMatch((await icon(second)) ?? '', /news\.svg/)
  })
  await t.test('what happens on screen is not announced', async () => {
    await page.bringToFront()
    // What was said before has gone.
    await page.getByText('Admin mentioned you: Cracked vase').waitFor({ state: 'hidden' })
    await mention(number, 'And this here?')
    await page.getByText('And this here?').first().waitFor()
    await until(async () => {
      const { body } = await boris.client.get<{ unread: number }>('/notifications')
      return body.unread === 0
    })
    assert.equal(await page.getByText('Admin mentioned you: Cracked vase').count(), 0)
  })
  await t.test('one click ends a kind, and one more brings it back', async () => {
    await mention(other, 'One more')
    await titled(page, '(1) Foyer')
    await bell(page).click()
    const news = page.getByRole('dialog', { name: 'Notifications' })
    await news.getByRole('button', { name: /^Stop these: Somebody mentions me/ }).click()
    await titled(page, 'Foyer')
    const mine = async () =>
      (await boris.client.get<{ settings: { notifications: Record<string, boolean> } }>('/me')).body.settings
        .notifications['mentioned.page']
    await until(async () => (await mine()) === false)
    await page.getByText('No more notifications when you are mentioned.').first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await until(async () => (await mine()) === true)
    await titled(page, '(1) Foyer')
  })
})

test('the settings say each thing in words, take effect at once, and fit a phone in Russian', async () => {
  const page = await arrive('/settings/notifications')
  const cell = page.getByRole('checkbox', { name: 'Something new for my team: On the page' })
  await cell.click()
  await until(async () => {
    const { body } = await boris.client.get<{ settings: { notifications: object } }>('/me')
    return 'team.page' in body.settings.notifications
  })
  await page.getByRole('button', { name: 'Send a mail' }).click()
  await page
    .getByText(/it waits in the test mailbox/)
    .first()
    .waitFor()
  const { body } = await admin.get<{ items: { subject: string }[] }>('/outbox')
  assert.ok(body.items.some(({ subject }) => subject === 'Foyer can reach you'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    assert.deepEqual(await findBarriers(page), [])
    await picture(page, `notifications-settings-${colorScheme}`)
  }
  await boris.client.patch('/me', { settings: { language: 'ru' } })
  for (const width of [800, 390]) {
    const phone = await arrive('/settings/notifications', {
      viewport: { width, height: 844 },
      locale: 'ru-RU',
      colorScheme: width === 390 ? 'dark' : 'light',
    })
    await phone.getByRole('heading', { name: 'Уведомления', level: 1 }).waitFor()
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    assert.equal(wide, false)
    assert.deepEqual(await findBarriers(phone), [])
    await picture(phone, `notifications-settings-${width}`)
  }
  assert.deepEqual(complaints, [])
})
