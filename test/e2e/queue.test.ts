// The queue under two hands: thirty conversations by keyboard, many at once and back again, a view of one's own that
// counts by itself; in both languages, on a desk and on a phone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { findBarriers, openBrowser, picture } from '../browser.ts'
import { startDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints } = await openBrowser()
const house = await startDesk()
const { url, admin } = house
const olga = await house.addAgent({ name: 'Olga', password, teams: [house.team] })
const timur = await house.addAgent({ name: 'Timur', password, language: 'ru', teams: [house.team] })

interface Row {
  number: number
  subject: string
  assignee: { name: string } | null
  tags: string[]
  priority: string
  status: { category: string }
  snoozedUntil: string | null
}
const listed = async (query: Record<string, string | number>) =>
  (await admin.get<{ items: Row[] }>('/conversations', { query: { limit: 100, ...query } })).body.items
const texts = {
  en: { address: 'Mail address', password: 'Password', signIn: 'Sign in' },
  ru: { address: 'Почтовый адрес', password: 'Пароль', signIn: 'Войти' },
}

type State = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>
/** Signing in once is enough for each: tries are limited. */
const kept = new Map<string, State>()
async function arrive(who: { address: string }, options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const storageState = kept.get(who.address)
  const page = await visit({ expected: /401/, ...options, ...(storageState ? { storageState } : {}) })
  await page.goto(`${url}/views/unassigned`)
  if (storageState) return page
  const words = options?.locale === 'ru-RU' ? texts.ru : texts.en
  await page.getByLabel(words.address).fill(who.address)
  await page.getByLabel(words.password).fill(password)
  await page.getByRole('button', { name: words.signIn }).click()
  await page.locator('[data-queue]').waitFor()
  kept.set(who.address, await page.context().storageState())
  return page
}
const rows = (page: Page) => page.locator('[data-row]')
const toast = (page: Page, words: RegExp) => page.getByText(words).last()

test('thirty conversations are sorted by keyboard alone', async (t) => {
  for (let i = 1; i <= 30; i += 1)
    await mailIn(house, { from: `Guest ${i} <guest${i}@example.org>`, subject: `Question ${i}` })
  const page = await arrive(olga)
  await rows(page).first().waitFor()
  const selected = page.getByText(/^\d+ selected$|^All \d+ of this view$/)

  await t.test('the one who waits longest stands first; e closes it and goes on', async () => {
    assert.match((await rows(page).first().textContent()) ?? '', /Question 1(?!\d)/)
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    await until(async () => (await listed({ view: 'closed' })).length === 1)
    assert.equal((await listed({ view: 'closed' }))[0]!.subject, 'Question 1')
  })

  await t.test('the rows are one stop for Tab, and the focus goes along with the mark', async () => {
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.row ?? null)
    assert.equal(await page.locator('[data-row][tabindex="0"]').count(), 1)
    await page.locator('[data-row][tabindex="0"]').focus()
    const first = await focused()
    await page.keyboard.press('ArrowDown')
    await until(async () => ![null, first].includes(await focused()))
    const second = await focused()
    assert.equal(await page.locator(`[data-under] [data-row="${second}"]`).count(), 1)
    // What stands beside the rows is there: a Tab before it came leads out of the page, and back from its end.
    await page.getByRole('button', { name: 'Put these away' }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await focused(), null)
    await page.keyboard.press('Shift+Tab')
    assert.equal(await focused(), second)
    await page.keyboard.press('ArrowUp')
    await until(async () => (await focused()) === first)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  })

  await t.test('x and Shift+x pick a stretch, p ranks all of it, and the undo puts it back', async () => {
    await page.keyboard.press('x')
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await page.getByText('5 selected').waitFor()
    await page.keyboard.press('p')
    await page.getByRole('menuitem', { name: 'Urgent' }).click()
    await toast(page, /Priority Urgent: 5 conversations/).waitFor()
    await until(async () => (await listed({ priority: 'urgent' })).length === 5)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await until(async () => (await listed({ priority: 'urgent' })).length === 0)
  })

  await t.test(
    'Ctrl+A picks all of the view, those not on screen too, and a gives them to somebody',
    async () => {
      await page.keyboard.press('Control+a')
      await page.getByText('All 29 of this view').waitFor()
      await page.keyboard.press('a')
      await page.getByPlaceholder('Who takes it?').fill('Tim')
      await page.keyboard.press('Enter')
      await page.getByText('Everything is taken').waitFor()
      await until(async () => (await listed({ assignee: timur.id })).length === 29)
      assert.equal(await selected.count(), 0)
    },
  )

  await t.test('what the server refuses for one is said with the reason, the others are done', async () => {
    await page.goto(`${url}/views/all?assignee=${timur.id}`)
    await rows(page).first().waitFor()
    await page.route('**/api/v1/conversations/bulk', async (route) => {
      const { numbers } = route.request().postDataJSON() as { numbers: number[] }
      const response = await route.fetch({
        postData: JSON.stringify({ ...route.request().postDataJSON(), numbers: [...numbers, 999_999] }),
      })
      await route.fulfill({ response })
    })
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('e')
    await toast(page, /Number 999999 was not changed\./).waitFor()
    await page.unroute('**/api/v1/conversations/bulk')
    await until(async () => (await listed({ view: 'closed' })).length === 2)
  })
  await page.context().close()
})

test('a view is made from filters, counts by itself when a mail comes in, and can be put away', async () => {
  const page = await arrive(olga)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('textbox', { name: 'Words' }).fill('refund')
  await until(() => page.url().includes('q=refund'))
  await page.keyboard.press('Escape')
  await page.getByText('Nothing fits these filters').waitFor()
  await page.getByRole('button', { name: 'Save as a view' }).click()
  await page.getByLabel('Name').fill('Refunds')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const link = page.getByRole('link', { name: /^Refunds/ })
  await link.waitFor()
  await until(() => /views\/\d+/.test(page.url()))
  await mailIn(house, { subject: 'A refund, please', text: 'Where is my refund?' })
  await until(async () => ((await link.textContent()) ?? '').trim() === 'Refunds1', { within: 60_000 })
  await rows(page).filter({ hasText: 'A refund, please' }).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'queue-saved-view')
  await link.hover()
  await page.getByRole('button', { name: 'More about the view Refunds' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await until(async () => (await link.count()) === 0)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await link.waitFor()
  await page.context().close()
})

test('saved views are dragged to another place, a line shows where; what the server refuses goes back', async () => {
  await admin.post('/views', { name: 'Refunds', scope: 'all', filters: { q: 'refund' } })
  await admin.post('/views', { name: 'Urgent', scope: 'all', filters: { priority: 'urgent' } })
  const page = await arrive(timur, { expected: /401|403/ })
  const link = page.getByRole('link', { name: /^Refunds/ })
  const other = page.getByRole('link', { name: /^Urgent/ })
  await other.waitFor()
  const order = () => page.locator('[data-view-row]').allTextContents()
  const drag = async (from: typeof link, to: typeof link) => {
    await from.hover()
    await page.mouse.down()
    const target = await to.boundingBox()
    assert.ok(target)
    await page.mouse.move(target.x + 30, target.y + 2, { steps: 4 })
    await page.locator('[data-drop]').waitFor()
    await page.mouse.up()
    await page.locator('[data-drop]').waitFor({ state: 'detached' })
  }
  assert.match((await order())[0] ?? '', /^Refunds/)
  const kept = page.waitForResponse(/views\/order/)
  await drag(other, link)
  assert.equal((await kept).status(), 204)
  await until(async () => /^Urgent/.test((await order())[0] ?? ''))
  await page.route('**/api/v1/views/order', (route) =>
    route.fulfill({ status: 403, json: { code: 'forbidden' } }),
  )
  await drag(link, other)
  await until(async () => /^Urgent/.test((await order())[0] ?? ''))
  await page.unroute('**/api/v1/views/order')
  await page.context().close()
})

test('a colleague at a row shows as a ring with what he does', async () => {
  const { number } = await mailIn(house, { subject: 'Two at once', text: 'Hello' })
  const page = await arrive(olga)
  const row = rows(page).filter({ hasText: 'Two at once' })
  await row.waitFor()
  const other = await arrive(timur, { locale: 'ru-RU' })
  await other.goto(`${url}/conversations/${number}`)
  await row.getByText('Timur is reading').waitFor({ state: 'attached' })
  await other.getByRole('textbox').last().fill('Здравствуйте')
  await row.getByText('Timur is writing a reply').waitFor({ state: 'attached' })
  await other.context().close()
  await row.getByText('Timur is writing a reply').waitFor({ state: 'detached' })
  await page.context().close()
})

test('на телефоне строку отмечают, закрывают движением пальца и возвращают', async () => {
  const { number } = await mailIn(house, { subject: 'Пальцем', text: 'Здравствуйте' })
  const page = await arrive(timur, {
    locale: 'ru-RU',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const row = rows(page).filter({ hasText: 'Пальцем' })
  await row.waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `${wide} px wide`)
  await page.getByRole('checkbox', { name: 'Выбрать: Пальцем' }).click()
  await page.getByText('Выбрано: 1').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'queue-phone-picked')
  await page.getByRole('button', { name: 'Снять выбор' }).click()
  const box = (await row.boundingBox())!
  const touch = await page.context().newCDPSession(page)
  const at = (x: number) => [{ x, y: box.y + box.height / 2 }]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(80) })
  for (const x of [110, 150, 190, 230])
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await toast(page, /^Закрыто: 1 обращение/).waitFor()
  const status = async () => (await admin.get<Row>(`/conversations/${number}`)).body.status.category
  await until(async () => (await status()) === 'solved')
  // Not a tap: where the machine is slow, one right after a swipe is taken for the end of it or for a long press.
  const undone = page.waitForResponse(/\/bulk\/\d+\/undo$/)
  await page.getByRole('button', { name: 'Отменить', exact: true }).first().click()
  assert.deepEqual(await (await undone).json().then((body) => body.answers), [{ number, ok: true }])
  await until(async () => (await status()) === 'new')
  await page.context().close()
  assert.deepEqual(complaints, [])
})
