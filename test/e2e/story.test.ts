// The story of the house, in two browsers: a mail comes in, two agents see it, one is stopped, one is undone, the
// customer answers, and it is found again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browsing, openBrowser, writtenIn } from '../browser.ts'
import { startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints }: Browsing = await openBrowser()
const house: TestDesk = await startDesk()
const { url, admin } = house

async function arrive(name: string, address: string): Promise<Page> {
  await house.addAgent({ name, address, password })
  // 401 before signing in, 409 when the guard stops a reply: both are part of the story.
  const page = await visit({ expected: /40[19]|ERR_FAILED/ })
  await page.goto(`${url}/views/unassigned`)
  await page.getByLabel('Mail address').fill(address)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Menu' }).waitFor()
  return page
}
const inQueue = (page: Page, subject: string) =>
  page.getByRole('region', { name: 'Queue', exact: true }).getByText(subject)
const composer = (page: Page) => page.getByRole('textbox', { name: 'Text of the reply' })
const send = (page: Page) => page.getByRole('button', { name: 'Send and wait' })
const outbox = async () =>
  (await admin.get<{ items: { to: string[]; text: string }[] }>('/outbox')).body.items

test('two agents and one customer, from the first mail to the answer that joins', async (t) => {
  const olga = await arrive('Olga', 'olga@example.com')
  const boris = await arrive('Boris', 'boris@example.com')
  let number = 0

  await t.test('a mail appears in both queues without a reload', async () => {
    await olga.getByText('Everything is taken').waitFor()
    number = (await mailIn(house, { subject: 'The kettle leaks', text: 'It drips on the table.' })).number
    await Promise.all([
      inQueue(olga, 'The kettle leaks').waitFor(),
      inQueue(boris, 'The kettle leaks').waitFor(),
    ])
  })

  await t.test('each sees that the other is there, and who writes', async () => {
    await inQueue(olga, 'The kettle leaks').click()
    await inQueue(boris, 'The kettle leaks').click()
    await composer(boris).fill('Please send it back to us.')
    await olga.getByText('Boris is writing a reply').first().waitFor()
  })

  await t.test('what was sent first stops the second reply, which keeps its text', async () => {
    // Boris's line is slow: what Olga sends does not reach his screen before he presses Send.
    await boris.route(`**/api/v1/conversations/${number}*`, (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    )
    await composer(olga).fill('A new kettle is on its way.')
    await send(olga).click()
    await olga.getByText(/^Undo/).first().waitFor()
    await send(boris).click()
    await boris.getByText('Olga wrote while you were writing').waitFor()
    await boris.getByText('A new kettle is on its way.').first().waitFor()
    assert.equal(await writtenIn(composer(boris)), 'Please send it back to us.')
    await boris.getByRole('button', { name: 'Discard' }).click()
    await boris.unroute(`**/api/v1/conversations/${number}*`)
  })

  await t.test('undo takes the reply back before it leaves, and the text returns', async () => {
    await olga.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await until(async () => (await writtenIn(composer(olga))) === 'A new kettle is on its way.')
    assert.deepEqual(await outbox(), [])
  })

  await t.test('the reply leaves and stands in the outbox as the customer will see it', async () => {
    await send(olga).click()
    await until(async () => (await outbox()).some((mail) => mail.text.includes('A new kettle')), {
      within: 30_000,
    })
    await boris.goto(`${url}/outbox`)
    await boris.getByRole('heading', { name: 'Re: The kettle leaks' }).waitFor()
  })

  await t.test('the customer’s answer joins the conversation and is live on the other screen', async () => {
    await boris.getByRole('button', { name: 'Answer as the customer' }).click()
    await boris.getByRole('textbox', { name: /^Answer as/ }).fill('Thank you, the blue one please.')
    await boris.getByRole('button', { name: 'Send as the customer' }).click()
    await olga.getByText('Thank you, the blue one please.').first().waitFor()
    const { body } = await admin.get<{ status: { category: string }; items: { type: string }[] }>(
      `/conversations/${number}`,
    )
    assert.equal(body.status.category, 'open')
  })

  await t.test('search finds the conversation by a word in another form', async () => {
    await boris.goto(`${url}/search?q=kettles`)
    await boris.getByText('The kettle leaks').first().click()
    await boris.waitForURL(new RegExp(`/${number}`))
  })

  assert.deepEqual(complaints, [])
})
