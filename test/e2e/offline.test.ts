// Trouble: the line is cut, the page is reloaded without a server, the session ends under the hand. Nothing written is
// lost, and nobody else finds it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browsing, openBrowser } from '../browser.ts'
import { adminAddress, adminPassword, startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints }: Browsing = await openBrowser()
const house: TestDesk = await startDesk()
const { url, admin } = house
const boris = await house.addAgent({ name: 'Boris', address: 'boris@example.com', password })
const lost = /401|409|ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch|not signed in/

async function signIn(page: Page, address: string, secret: string) {
  await page.getByLabel('Mail address').fill(address)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Menu' }).waitFor()
}
async function arrive(path: string): Promise<Page> {
  const page = await visit({ expected: lost, serviceWorkers: 'allow' })
  await page.goto(`${url}${path}`)
  await signIn(page, adminAddress, adminPassword)
  return page
}
/** Until the browser has everything it needs to open the console alone. */
const kept = (page: Page) =>
  until(
    () =>
      page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))),
    {
      within: 60_000,
    },
  )
/** Answers kept in this browser, by whose they are. */
const shelf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[][]>((resolve) => {
        const asking = indexedDB.open('foyer', 1)
        asking.onsuccess = () => {
          const all = asking.result.transaction('answers').objectStore('answers').getAllKeys()
          all.onsuccess = () => resolve(all.result as string[][])
        }
      }),
  )
const frame = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
/** Files kept in this browser until they are up, by whose they are. */
const keptFiles = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const asking = indexedDB.open('foyer-files')
        asking.onsuccess = () => {
          const db = asking.result
          const all = db.objectStoreNames.contains('files')
            ? db.transaction('files').objectStore('files').getAll()
            : null
          if (!all) return resolve([])
          all.onsuccess = () => {
            resolve(all.result.map(({ agent }: { agent: string }) => agent))
            db.close()
          }
        }
      }),
  )
const row = (page: Page, subject: string) =>
  page.getByRole('region', { name: 'Queue', exact: true }).getByText(subject)
const bar = (page: Page) => page.getByRole('status').filter({ hasText: 'No connection' })
interface Seen {
  assignee: { id: string } | null
  priority: string
}
const seen = async (number: number) => (await admin.get<Seen>(`/conversations/${number}`)).body

test('without a line one reads on, even after a reload; what is done waits, is counted, and goes out in order', async () => {
  const { number } = await mailIn(house, { subject: 'A dark evening', text: 'The lamp is out.' })
  const page = await arrive('/views/all')
  await row(page, 'A dark evening').click()
  await page.getByText('The lamp is out.').first().waitFor()
  await kept(page)
  await until(async () => (await shelf(page)).some(([, path]) => path === `/conversations/${number}`))

  await page.context().setOffline(true)
  await bar(page).waitFor()
  await page.goto(`${url}/views/all`)
  await row(page, 'A dark evening').click()
  await page.getByText('The lamp is out.').first().waitFor()
  await bar(page).waitFor()

  await page.keyboard.press('a')
  await page.getByRole('option', { name: 'Boris' }).click()
  await page.getByRole('combobox', { name: /^Responsible: Boris/ }).waitFor()
  await page.getByRole('option', { name: 'Boris' }).waitFor({ state: 'hidden' })
  await page.keyboard.press('p')
  await page.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await bar(page).getByText('2 changes wait to be sent.').waitFor()
  assert.deepEqual(await seen(number).then(({ assignee, priority }) => ({ assignee, priority })), {
    assignee: null,
    priority: 'normal',
  })

  // A file chosen without a line waits with the draft.
  await page.getByRole('button', { name: 'Attach files' }).waitFor()
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: 'wiring.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('blue to blue'),
    })
  const waits = page.getByText('even after a reload')
  await waits.waitFor()

  // Even a reload loses none of it.
  await page.goto(`${url}/conversations/${number}`)
  await waits.waitFor()
  await page.goto(`${url}/views/all`)
  await bar(page).getByText('2 changes wait to be sent.').waitFor()
  await page.context().setOffline(false)
  await until(async () => {
    const { body } = await admin.get<{ attachments: { name: string }[] } | null>(
      `/conversations/${number}/draft`,
    )
    return body?.attachments.map(({ name }) => name).join() === 'wiring.txt'
  })
  assert.deepEqual(await keptFiles(page), [])
  await until(async () => {
    const { assignee, priority } = await seen(number)
    return assignee?.id === boris.id && priority === 'urgent'
  })
  await bar(page).waitFor({ state: 'hidden' })
  await page.context().close()
})

test('a reply written without a line goes out by itself; when something new arrived first, its writer is asked', async () => {
  const quiet = await mailIn(house, { subject: 'Nothing new', text: 'When do you open?' })
  const busy = await mailIn(house, { subject: 'Something new', text: 'When do you close?' })
  const page = await arrive(`/conversations/${busy.number}`)
  const box = page.getByRole('textbox', { name: 'Text of the reply' })
  const write = async (number: number, words: string) => {
    await page.goto(`${url}/conversations/${number}`)
    await page.getByRole('article').first().waitFor()
    await box.pressSequentially(words)
    await page.getByRole('button', { name: 'Send and wait' }).click()
    await page.getByText('The reply goes out by itself').waitFor()
  }
  await kept(page)
  await page.goto(`${url}/conversations/${quiet.number}`)
  await page.getByText('When do you open?').first().waitFor()
  await until(async () => {
    const paths = (await shelf(page)).map(([, path]) => path)
    return [quiet, busy].every(({ number }) => paths.includes(`/conversations/${number}`))
  })
  await page.context().setOffline(true)
  await bar(page).waitFor()
  await write(quiet.number, 'At nine.')
  await write(busy.number, 'At six.')
  await mailIn(house, {
    subject: 'Re: Something new',
    text: 'Never mind, I found it.',
    inReplyTo: `<${busy.messageId}>`,
  })
  await page.context().setOffline(false)
  await page.getByText('your reply has not gone out').first().waitFor()
  const sent = async (number: number) =>
    (
      await admin.get<{ items: { direction?: string; text?: string }[] }>(`/conversations/${number}`)
    ).body.items
      .filter((item) => item.direction === 'out')
      .map((item) => item.text)
  await until(async () => (await sent(quiet.number)).length === 1)
  assert.deepEqual(await sent(quiet.number), ['At nine.'])
  assert.deepEqual(await sent(busy.number), [])
  await page.getByText('Never mind, I found it.').first().waitFor()
  await until(async () => (await box.innerText()).trim() === 'At six.')
  await page.context().close()
})

test('what came by the answer to a reply stays on screen while its conversation cannot be fetched anew', async () => {
  const { number } = await mailIn(house, { subject: 'A bad line', text: 'Do you repair clocks?' })
  const page = await arrive(`/conversations/${number}`)
  const box = page.getByRole('textbox', { name: 'Text of the reply' })
  await box.fill('Yes, we do.')
  await until(async () => (await shelf(page)).some(([, path]) => path === `/conversations/${number}`))
  // Nothing is fetched any more: what Boris says comes with the refusal of the reply alone.
  let failures = 0
  await page.route(`**/api/v1/conversations/${number}*`, (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    failures += 1
    return route.abort()
  })
  const { body } = await admin.get<{ items: { id: string }[] }>(`/conversations/${number}`)
  const words = { text: 'Only large ones.', lastSeen: body.items.at(-1)?.id }
  const { status } = await boris.client.post(`/conversations/${number}/messages`, words)
  assert.equal(status, 201)
  await page.getByRole('button', { name: 'Send and wait' }).click()
  await page.getByText('Boris wrote while you were writing').waitFor()
  const before = failures
  await admin.put(`/conversations/${number}/tags/clock`)
  await until(async () => failures > before, { within: 20_000 })
  // What the browser has kept is read, and painted, before this is answered.
  for (let i = 0; i < 3; i++) await shelf(page).then(() => frame(page))
  // Opened anew it shows what is at hand.
  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Mentions' }).click()
  await page.getByText('Do you repair clocks?').first().waitFor({ state: 'detached' })
  await page.goBack()
  await page.getByText('Do you repair clocks?').first().waitFor()
  assert.equal(await page.getByText('Only large ones.').count(), 1)
  await page.unroute(`**/api/v1/conversations/${number}*`)
  await page.context().close()
})

test('the next person at the same browser finds nothing of the one before', async () => {
  const { number } = await mailIn(house, { subject: 'For your eyes', text: 'Only yours.' })
  const page = await arrive(`/conversations/${number}`)
  await page.getByText('Only yours.').first().waitFor()
  await kept(page)
  await page.context().setOffline(true)
  await bar(page).waitFor()
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: 'mine.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('for me alone'),
    })
  await until(async () => (await keptFiles(page)).length === 1)
  const mine = await until(async () => {
    const keys = await shelf(page)
    return keys.some(([, path]) => path === `/conversations/${number}`) && keys[0]?.[0]
  })
  await page.context().clearCookies()
  await page.goto('about:blank')
  await page.context().setOffline(false)
  await page.goto(`${url}/views/mine`)
  await signIn(page, 'boris@example.com', password)
  await until(async () => (await shelf(page)).every(([agent]) => agent !== mine))
  await until(async () => (await keptFiles(page)).length === 0)
  await page.getByRole('button', { name: 'Boris' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
  assert.deepEqual(await shelf(page), [])
  await page.context().close()
})

test('signing out in one tab leaves no other open', async () => {
  const page = await arrive('/views/all')
  const other = await page.context().newPage()
  await other.goto(`${url}/views/unassigned`)
  await other.getByRole('navigation', { name: 'Menu' }).waitFor()
  await page.getByRole('button', { name: 'Admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await other.waitForURL('**/sign-in')
  await page.context().close()
})

test('the session ends while one types: signed in again in place, every word is there and saved', async () => {
  const { number } = await mailIn(house, { subject: 'A long answer', text: 'Please explain.' })
  const page = await arrive(`/conversations/${number}`)
  const box = page.getByRole('textbox', { name: 'Text of the reply' })
  await box.pressSequentially('First half, ')
  await page.context().clearCookies()
  await box.pressSequentially('second half.')
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await dialog.getByLabel('Password').fill(adminPassword)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await until(async () => {
    const { body } = await admin.get<{ text: string } | null>(`/conversations/${number}/draft`)
    return body?.text === 'First half, second half.'
  })
  await page.context().close()
})

test('no page complained', () => assert.deepEqual(complaints, []))
