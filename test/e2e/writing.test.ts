// What comes in while one writes: it is pointed out above the box, and no second answer leaves unnoticed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { findBarriers, openBrowser, writtenIn } from '../browser.ts'
import { startDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints } = await openBrowser()
const house = await startDesk()
const { url } = house
const boris = await house.addAgent({ name: 'Boris' })
await house.addAgent({ name: 'Olga', address: 'olga@example.com', password })

const box = (page: Page) => page.getByRole('textbox', { name: 'Text of the reply' })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
interface Opened {
  lastItem: string
  items: { id: string; text?: string; type: string; direction?: string }[]
}
const opened = async (number: number) => (await boris.client.get<Opened>(`/conversations/${number}`)).body
const answers = async (number: number) =>
  (await opened(number)).items.filter(({ type, direction }) => type === 'message' && direction === 'out')

test('a colleague’s answer while one writes is pointed out, stops a second one, and is a key away', async () => {
  const page = await visit({ expected: /40[19]/ })
  const { number } = await mailIn(house, { subject: 'The kettle leaks', text: 'It drips.' })
  await page.goto(`${url}/conversations/${number}`)
  await page.getByLabel('Mail address').fill('olga@example.com')
  await page.getByLabel('Password').fill(password)
  await button(page, 'Sign in').click()
  await button(page, 'Send and wait').waitFor()
  await box(page).fill('Please send it back to us.')

  const { lastItem } = await opened(number)
  const sent = await boris.client.post(`/conversations/${number}/messages`, {
    text: 'A new kettle is on its way.',
    lastSeen: lastItem,
  })
  assert.equal(sent.status, 201)
  await page.getByText('Boris has answered').waitFor()
  await page.getByText('A new kettle is on its way.').first().waitFor()
  assert.deepEqual(await findBarriers(page), [])

  // It has long been on screen; the hands never left the box.
  const stays = page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)))
  await stays
  await button(page, 'Send and wait').click()
  await page.getByText('Boris wrote while you were writing').waitFor()
  assert.equal((await answers(number)).length, 1)
  await button(page, 'Edit').click()
  await page.getByText('Boris has answered').waitFor({ state: 'hidden' })

  // A comment stops nothing, and is pointed out all the same; the key goes there.
  await boris.client.post(`/conversations/${number}/comments`, { text: 'She is a regular.' })
  await page.getByText('Boris has commented').waitFor()
  await box(page).click()
  await page.keyboard.press('Control+ArrowUp')
  await page.getByText('Boris has commented').waitFor({ state: 'hidden' })
  await until(() => page.evaluate(() => document.activeElement?.textContent?.includes('She is a regular.')))
  assert.equal(await writtenIn(box(page)), 'Please send it back to us.')
  await button(page, 'Send and wait').click()
  await page.getByText(/^Undo/).first().waitFor()
  await until(async () => (await answers(number)).length === 2)
  assert.deepEqual(complaints, [])
})
