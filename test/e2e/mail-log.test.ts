// The mail log as a person sees it: a broken mail stands there with its reason, and gets its place by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { findBarriers, openBrowser, picture } from '../browser.ts'
import { adminAddress, adminPassword, inboxAddress, startDesk } from '../desk.ts'
import { until } from '../until.ts'

const { desk, house, url, admin } = await startDesk()
const { visit, complaints } = await openBrowser()

async function send(mail: { raw: Buffer } | { from: string; subject: string; text: string }) {
  const post = createTransport({ host: '127.0.0.1', port: Number(desk.smtpPort), ignoreTLS: true })
  await post.sendMail({ envelope: { from: 'x@example.org', to: inboxAddress }, ...mail })
  post.close()
  await desk.settle()
}
/** A mail with more parts than any honest mail. */
const overfull = (subject: string) =>
  Buffer.from(
    `From: Xavier <x@example.org>\r\nTo: ${inboxAddress}\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(2000)}--b--\r\n`,
  )
await send({ from: 'Anna <anna@example.org>', subject: 'Where is my order?', text: 'Since Monday.' })
await send({ raw: overfull('A thousand parts') })
await send({ raw: overfull('A thousand more') })

let kept: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>> | undefined
async function open(options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ expected: /401/, ...options, ...(kept ? { storageState: kept } : {}) })
  // A busy machine draws slowly.
  page.setDefaultTimeout(30_000)
  await page.goto(`${url}/mail-log`)
  if (!kept) {
    await page.getByLabel('Mail address').fill(adminAddress)
    await page.getByLabel('Password').fill(adminPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Menu' }).waitFor()
    kept = await page.context().storageState()
    await page.goto(`${url}/mail-log`)
  }
  return page
}
const details = (page: Page, name: string) => page.getByRole('dialog', { name })

test('a broken mail stands in the log with its reason; a person tries again and makes a conversation of it', async () => {
  const page = await open()
  await page.getByText(/^Received 3 = .*set aside$/).waitFor()
  const row = page.getByRole('button', { name: /A thousand parts/ })
  await row.getByText(/more than [\d,]+ parts/).waitFor()
  await row.click()
  const dialog = details(page, 'A thousand parts')
  await dialog.getByText('x@example.org', { exact: true }).first().waitFor()
  await dialog.getByText(/^[0-9a-f]{64}$/).waitFor()
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Tried again; it still has no place.').first().waitFor()
  await dialog.getByRole('listitem').nth(1).waitFor()
  await dialog.getByRole('button', { name: 'Make a conversation' }).click()
  await dialog.getByRole('link', { name: /^Open #\d+$/ }).click()
  await page.waitForURL('**/conversations/*')
  await page.getByRole('heading', { name: 'A thousand parts' }).first().waitFor()
  await page.getByText('message.eml').first().waitFor()
  await page.context().close()
})

test('a mail is joined to a conversation by its number; a number that is not there is refused in words', async () => {
  const page = await open({ expected: /40[14]/ })
  await page.getByRole('searchbox', { name: 'Search the mail log' }).fill('thousand more')
  await page.getByRole('button', { name: /A thousand parts/ }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /A thousand more/ }).click()
  const dialog = details(page, 'A thousand more')
  const number = dialog.getByLabel('Join to conversation number')
  await number.fill('999')
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
  await dialog.getByRole('alert').waitFor()
  const { body } = await admin.get<{ items: { number: number }[] }>('/conversations', {
    query: { q: 'order', view: 'all' },
  })
  await number.fill(String(body.items[0]!.number))
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
  await dialog.getByRole('link', { name: `Open #${body.items[0]!.number}` }).waitFor()
  assert.equal(await dialog.getByRole('button', { name: 'Try again' }).count(), 0)
  await page.context().close()
})

test('new mail appears and the sum follows without a reload; a row that is gone raises the alarm', async () => {
  const page = await open()
  await page.getByText(/^Received 3 = /).waitFor()
  await send({ from: 'Ben <ben@example.org>', subject: 'Appears', text: 'Now.' })
  await page.getByRole('button', { name: /Appears/ }).waitFor()
  await page.getByText(/^Received 4 = /).waitFor()
  await house.db.deleteFrom('ledger').where('subject', '=', 'Appears').execute()
  await send({ from: 'Ben <ben@example.org>', subject: 'After', text: 'Now.' })
  await page
    .getByRole('alert')
    .getByText(/missing: 1$/)
    .waitFor()
  await page.context().close()
})

const looks = {
  wide: { viewport: { width: 1440, height: 900 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
}
for (const [name, look] of Object.entries(looks))
  test(`no barriers in the mail log and its details (${name}), nothing wider than the screen`, async () => {
    await send({ raw: overfull(`Broken for ${name}`) })
    const page = await open(look)
    await page.getByText(`Broken for ${name}`).waitFor()
    const found = await findBarriers(page)
    await picture(page, `mail-log-${name}`)
    await page.getByRole('button', { name: new RegExp(`Broken for ${name}`) }).click()
    const dialog = details(page, `Broken for ${name}`)
    await dialog.getByText('SHA-256').waitFor()
    await until(() => dialog.evaluate((element) => getComputedStyle(element).opacity === '1'), {
      within: 30_000,
    })
    found.push(...(await findBarriers(page)))
    await picture(page, `mail-log-details-${name}`)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.deepEqual([found, width <= look.viewport.width], [[], true])
    await page.context().close()
  })

test('no page complained', () => assert.deepEqual(complaints, []))
