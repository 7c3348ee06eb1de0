// The numbers page as a lead sees it: every number opens as many conversations as it says, and goes into a table.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Numbers } from '#features/numbers/numbers.contract.ts'
import { findBarriers, openBrowser } from '../browser.ts'
import { adminAddress, adminPassword, startDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const { visit, complaints } = await openBrowser()
const house = await startDesk()
const { url, admin } = house

const written = []
for (const subject of ['The kettle leaks', 'Where is my order?', 'A lamp for the hall'])
  written.push(await mailIn(house, { subject, text: 'Good morning.' }))
await admin.patch('/me', { settings: { undoSeconds: 0 } })
const first = written[0]!.number
const seen = await admin.get<{ items: { id: string }[] }>(`/conversations/${first}`)
const sent = await admin.post(`/conversations/${first}/messages`, {
  text: 'A new one is on its way.',
  lastSeen: seen.body.items.at(-1)?.id,
})
assert.ok(sent.status < 300)
await until(
  async () => {
    await house.desk.settle()
    return (await admin.get<Numbers>('/numbers', { query: { zone: 'UTC' } })).body.weeks.answered === 1
  },
  { within: 60_000 },
)

let kept: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>> | undefined
async function open(options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ expected: /401/, ...options, ...(kept ? { storageState: kept } : {}) })
  // A busy machine draws slowly.
  page.setDefaultTimeout(30_000)
  await page.goto(`${url}/numbers`)
  if (!kept) {
    await page.getByLabel('Mail address').fill(adminAddress)
    await page.getByLabel('Password').fill(adminPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Menu' }).waitFor()
    kept = await page.context().storageState()
    await page.goto(`${url}/numbers`)
  }
  await page.getByText('nine of ten sooner').first().waitFor()
  return page
}
const rows = (page: Page) => page.getByRole('main').getByRole('listitem')

/** The table behind a link, without its head. */
async function downloaded(page: Page, link = page.getByRole('link', { name: 'CSV' }).first()) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const table = await readFile(await download.path(), 'utf8')
  return table.trim().split('\r\n').slice(1)
}

test('every number opens as many conversations as it counts, and each list goes into a table', async () => {
  const page = await open()
  const links = page.locator('dd').getByRole('link')
  const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
  const lists = addresses.filter((address) => address.startsWith('/numbers/'))
  // Waiting; new, answered and both first answers in four weeks; and the same today, unless it is just past midnight.
  assert.ok(lists.length >= 5)
  for (const address of new Set(lists)) {
    const link = page.locator(`dd a[href="${address}"]`).first()
    const shown = Number(await link.textContent())
    await link.click()
    const expected = Number.isNaN(shown) ? 1 : shown
    await page.getByText(`${expected} conversation${expected === 1 ? '' : 's'}`, { exact: true }).waitFor()
    assert.equal(await rows(page).count(), expected, address)
    if (address.includes('answered')) assert.equal((await downloaded(page)).length, expected)
    await page.goBack()
    await page.getByText('nine of ten sooner').first().waitFor()
  }
  const [summary] = await downloaded(page)
  assert.ok(summary)
  await page.context().close()
})

test('on the phone the number leads to the list, the list to the conversation', async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  assert.deepEqual(await findBarriers(page), [])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `scrolls sideways: ${wide}`)
  await page.locator('dd a[href*="/numbers/answered"]').first().tap()
  await page.getByRole('link', { name: 'The kettle leaks' }).tap()
  await page.getByText('A new one is on its way.').first().waitFor()
  assert.deepEqual(complaints, [])
  await page.context().close()
})
