// The first half hour: an empty desk, its first page, the steps, a mail that comes in, its answer, the customer's answer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Browsing, findBarriers, openBrowser } from '../browser.ts'
import { startDesk } from '../desk.ts'

const { visit, complaints }: Browsing = await openBrowser()
const { url } = await startDesk({ setUp: false })

test('from the empty desk through the first steps to an answered mail', async (t) => {
  const page = await visit({ expected: /422/ })
  page.setDefaultTimeout(20_000)
  const steps = page.getByRole('region', { name: 'First steps' })
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await t.test('the first page asks for four things and opens the desk', async () => {
    await page.goto(url)
    const open = page.locator('form').getByRole('button').last()
    await open.click()
    await page.getByText('Fill this in.').nth(3).waitFor()
    await page.getByLabel('Your name').fill('Anna Lee')
    await page.getByText('Fill this in.').nth(3).waitFor({ state: 'detached' })
    await page.getByLabel('Mail address', { exact: true }).first().fill('anna@example.com')
    await page.getByLabel('Password').fill('a quiet afternoon')
    await page.getByPlaceholder('support@example.com').fill('help@example.com')
    await open.click()
    await page.getByRole('navigation', { name: 'Menu' }).waitFor()
  })

  await t.test('the empty desk says what opens its first conversation, and what to do', async () => {
    await page.getByText('No mail yet').waitFor()
    await steps.getByText('help@example.com').first().waitFor()
    await steps.getByText('0 of 9 done').waitFor()
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {}))),
    )
    assert.deepEqual(await findBarriers(page), [])
  })

  await t.test('a first mail comes in and stands open', async () => {
    await button('Let one come in').click()
    await page.getByRole('heading', { name: 'Do you also repair lamps?' }).waitFor()
  })

  await t.test('its answer waits for undo, then stands in the outbox', async () => {
    const answer = await page.request.patch(`${url}/api/v1/me`, {
      data: { settings: { undoSeconds: 1 } },
      headers: { origin: url },
    })
    assert.equal(answer.status(), 200)
    const composer = page.getByRole('textbox', { name: 'Text of the reply' })
    await composer.fill('We do. Come by on Saturday.')
    await page.getByRole('button', { name: 'Send and wait' }).click()
    await page.getByText('We do. Come by on Saturday.').first().waitFor()
    await steps
      .or(page.getByText(/^(Undo|Sent)/))
      .first()
      .waitFor()
    await page.goto(`${url}/first-steps`)
    await steps.getByText('2 of 9 done').waitFor()
    await steps.getByRole('button', { name: 'Open the mail' }).click()
    await page.getByRole('heading', { name: 'Re: Do you also repair lamps?' }).waitFor({ timeout: 30_000 })
  })

  await t.test('the customer answers, and the step ticks itself', async () => {
    await button('Answer as the customer').click()
    await page.getByRole('textbox', { name: /^Answer as/ }).fill('Saturday it is.')
    await page.getByRole('button', { name: 'Send as the customer' }).click()
    await page.goto(`${url}/first-steps`)
    await steps.getByText('3 of 9 done').waitFor()
  })

  await t.test('the invitation says where it waits, and names the team', async () => {
    await steps.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Boris')
    await dialog.getByRole('textbox', { name: /address/i }).fill('boris@example.com')
    assert.equal(await dialog.getByRole('checkbox').first().isChecked(), true)
    await dialog.getByRole('button', { name: /Send/ }).click()
    await page
      .getByText(/waits in the Outbox/)
      .first()
      .waitFor()
  })

  await t.test('the keys are looked at once, listed once', async () => {
    await page.goto(`${url}/first-steps`)
    await steps.getByRole('button', { name: 'Show the keys' }).click()
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await help.getByText('Assign', { exact: true }).waitFor()
    assert.equal(await help.getByText('Assign', { exact: true }).count(), 1)
    await page.keyboard.press('Escape')
    await steps.getByText('5 of 9 done').waitFor()
  })

  await t.test('put away, the steps leave the rail too, and come back', async () => {
    await steps.getByRole('button', { name: 'Put these away' }).click()
    await button('Show them again').click()
    await steps.getByText('5 of 9 done').waitFor()
  })

  assert.deepEqual(complaints, [], 'not one red line in the browser’s console')
})
