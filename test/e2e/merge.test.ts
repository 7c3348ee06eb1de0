// Two conversations about one matter become one under the hand, and two again; what is being written is lost by neither.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { type Browsing, findBarriers, openBrowser, picture } from '../browser.ts'
import { adminAddress, adminPassword, startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const { visit, complaints }: Browsing = await openBrowser()
const house: TestDesk = await startDesk()
const { url, admin } = house

async function arrive(path: string): Promise<Page> {
  const page = await visit({ expected: /40[149]/ })
  await page.goto(`${url}${path}`)
  await page.locator('input[type=email]').fill(adminAddress)
  await page.locator('input[type=password]').fill(adminPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('main').waitFor()
  return page
}
const opened = async (number: number) =>
  (await admin.get<OpenedConversation>(`/conversations/${number}`)).body
const box = (page: Page) => page.getByRole('textbox', { name: 'Text of the reply' })

const first = await mailIn(house, { subject: 'The lamp flickers', text: 'It flickers since Monday.' })
const second = await mailIn(house, { subject: 'A picture of it', text: 'Here is the picture.' })
await mailIn(house, { subject: 'And the receipt', text: 'Here is the receipt.' })

test('merged by a key and a choice, undone by one button', async () => {
  const page = await arrive(`/conversations/${second.number}`)
  await page.getByRole('heading', { name: 'A picture of it' }).waitFor()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /The lamp flickers/ }).check()
  await dialog.getByText(`#${second.number} goes into #${first.number}`).waitFor()
  await dialog.getByRole('button', { name: 'Swap' }).click()
  await dialog.getByText(`#${first.number} goes into #${second.number}`).waitFor()
  await dialog.getByRole('button', { name: 'Swap' }).click()
  await dialog.getByText(`#${second.number} goes into #${first.number}`).waitFor()
  await dialog.locator('dl').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'merge-dialog')
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('heading', { name: 'The lamp flickers' }).waitFor()
  assert.match(page.url(), new RegExp(`/conversations/${first.number}$`), 'we go where it goes on')
  await page.getByText('Here is the picture.').waitFor()
  await page.getByText(`from #${second.number}`).waitFor()
  await picture(page, 'merged')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText(`#${second.number} stands by itself again.`).waitFor()
  await page.getByText('Here is the picture.').waitFor({ state: 'detached' })
  assert.equal((await opened(second.number)).mergedInto, null)
  await page.context().close()
})

test('a colleague merges what one is writing in: one goes along, and so do the words', async () => {
  const page = await arrive(`/conversations/${second.number}`)
  await page.getByRole('heading', { name: 'A picture of it' }).waitFor()
  await box(page).click()
  await box(page).pressSequentially('Thank you for the picture')
  await admin.post(`/conversations/${second.number}/merge`, { into: first.number })
  await page.getByRole('heading', { name: 'The lamp flickers' }).waitFor()
  await until(async () => (await box(page).innerText()).includes('Thank you for the picture'))
  await until(async () => {
    const { body } = await admin.get<{ text: string } | null>(`/conversations/${first.number}/draft`)
    return body?.text?.trim() === 'Thank you for the picture'
  })
  // A link to a message of the merged one opens it where it stands now.
  await page.goto(`${url}/conversations/${second.number}?item=${second.item}`)
  await page.locator(`[data-item="${second.item}"][data-target]`).waitFor()
  await page.getByRole('button', { name: 'Take apart' }).click()
  await page.getByText('Here is the picture.').waitFor({ state: 'detached' })
  assert.equal((await opened(second.number)).mergedInto, null)
  await page.context().close()
})

test('several are picked in the queue and merged at once', async () => {
  const page = await arrive('/views/all')
  const row = (subject: string) => page.locator('[data-row]').filter({ hasText: subject })
  await page.getByText('And the receipt').waitFor()
  await page.keyboard.press('Control+a')
  await page.getByText('All 3 of this view').waitFor()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`2 conversations go into #${first.number}`).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByText(`2 conversations are in #${first.number} now.`).waitFor()
  await until(async () => (await opened(first.number)).merged.length === 2)
  await row('And the receipt').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('2 conversations stand by themselves again.').waitFor()
  await page.getByText('And the receipt').waitFor()
  await page.context().close()
})

test('a message is split off, and put back by its undo', async () => {
  const more = await mailIn(house, {
    subject: 'Re: The lamp flickers',
    inReplyTo: first.messageId,
    text: 'By the way: can you change my address?',
  })
  const page = await arrive(`/conversations/${first.number}`)
  const message = page.locator(`[data-item="${more.item}"]`)
  await message.getByRole('button', { name: 'More about this message' }).click()
  await page.getByRole('menuitem', { name: 'Split off' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('A new address')
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'split-dialog')
  await dialog.getByRole('button', { name: 'Split off' }).click()
  await page.getByRole('heading', { name: 'A new address' }).waitFor()
  await page.getByText('can you change my address?').first().waitFor()
  await page.getByText('Split off from').first().waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { name: 'The lamp flickers' }).waitFor()
  await page.getByText('can you change my address?').first().waitFor()
  await page.context().close()
})

test('no page complained', () => {
  assert.deepEqual(complaints, [])
})
