// Support asks accounting out of a comment; the accountant answers from his mailbox, or by the link, and has learned no
// program; whoever opens the conversation meanwhile sees with whom it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { type Browsing, findBarriers, openBrowser, picture } from '../browser.ts'
import { adminAddress, adminPassword, startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const { visit, complaints }: Browsing = await openBrowser()
const house: TestDesk = await startDesk()
const { url, admin } = house
await house.addAgent({ name: 'Boris' })
const vera = await house.addAgent({ name: 'Vera' })
await admin.post('/teams', { name: 'Accounting', members: [{ agent: vera.id }] })
const partner = 'lena@supplier.example'

async function arrive(path: string, more: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ expected: /40[149]/, ...more })
  await page.goto(`${url}${path}`)
  await page.locator('input[type=email]').fill(adminAddress)
  await page.locator('input[type=password]').fill(adminPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('main').waitFor()
  return page
}
async function mailTo(address: string): Promise<OutboxMail> {
  let found: OutboxMail | undefined
  await until(async () => {
    await house.desk.settle()
    const { items } = (await admin.get<{ items: OutboxMail[] }>('/outbox')).body
    found = items.find(({ to }) => to.includes(address))
    return found !== undefined
  })
  return found!
}
const { number } = await mailIn(house, { subject: 'Refund for order 1204', text: 'I have paid twice.' })
const opened = async () => (await admin.get<OpenedConversation>(`/conversations/${number}`)).body

test('a team is asked out of a comment, by one field and one button', async () => {
  const page = await arrive(`/conversations/${number}`)
  await page.getByRole('heading', { name: 'Refund for order 1204' }).waitFor()
  await page.getByRole('tab', { name: 'Comment' }).click()
  const box = page.getByRole('textbox', { name: 'Text of the comment' })
  await box.waitFor()
  await box.pressSequentially('@Acc')
  await page.getByRole('option', { name: /Accounting/ }).click()
  await box.pressSequentially('did he pay twice?')
  await page.getByText('Asked by mail: Accounting').waitFor()
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByText('What came before goes along').waitFor()
  await picture(page, 'consult-options')
  await page.getByRole('button', { name: 'The mail as it leaves' }).click()
  await page.getByRole('dialog').getByText('Only the support team sees your answer').waitFor()
  await picture(page, 'consult-preview')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.getByRole('status').filter({ hasText: 'With Accounting ·' }).waitFor()
  assert.deepEqual((await opened()).holder?.name, 'Accounting')
  await picture(page, 'consult-asked')
  assert.deepEqual(await findBarriers(page), [])
  await page.goto(`${url}/views/all`)
  await page
    .getByText(/With Accounting ·/)
    .first()
    .waitFor()
  await picture(page, 'consult-queue')
  await page.context().close()
})

test('an address outside is shown what will leave before it is asked', async () => {
  const page = await arrive(`/conversations/${number}`)
  await page.getByRole('heading', { name: 'Refund for order 1204' }).waitFor()
  await page.getByRole('tab', { name: 'Comment' }).click()
  const box = page.getByRole('textbox', { name: 'Text of the comment' })
  await box.waitFor()
  await box.pressSequentially(`@${partner}`)
  await page.getByRole('option', { name: `Ask ${partner} by mail` }).click()
  await box.pressSequentially('can you take it back?')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`${partner} is outside your company`).waitFor()
  await dialog.getByText('can you take it back?').waitFor()
  assert.equal((await opened()).consults.length, 1)
  await picture(page, 'consult-outside')
  await dialog.getByRole('button', { name: 'Ask all the same' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: `With ${partner} ·` })
    .waitFor()
  await page.context().close()
})

test('who follows the link answers in the browser, on the phone, signed in nowhere', async () => {
  const { text } = await mailTo(partner)
  const link = /\/answers\/[a-z0-9]{33}/.exec(text)![0]
  const page = await visit({
    expected: /404/,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'ru-RU',
  })
  await page.goto(`${url}${link}`)
  await page.getByRole('heading', { name: 'Вас спрашивает Admin' }).waitFor()
  await picture(page, 'consult-link')
  assert.deepEqual(await findBarriers(page), [])
  await page.getByRole('textbox').fill('Да, заберём.')
  await page.getByRole('button', { name: 'Отправить ответ' }).click()
  await page.getByText('Спасибо, ответ получен').waitFor()
  await picture(page, 'consult-answered')
  await page.goto(`${url}/answers/${'a'.repeat(33)}`)
  await page.getByRole('heading', { name: 'Эта ссылка больше не работает' }).waitFor()
  await page.context().close()
})

test('the customer writes while a colleague is asked; his answer comes as a comment that is seen at once', async () => {
  const page = await arrive(`/conversations/${number}`)
  await page.getByText('Да, заберём.').first().waitFor()
  await mailIn(house, { subject: `Re: Refund for order 1204 [#${number}]`, text: 'Any news?' })
  await page.getByText('The customer has written meanwhile.').waitFor()
  await picture(page, 'consult-meanwhile')
  const mail = await mailTo('vera@example.com')
  const messageId = /^Message-ID: (<[^>]+>)/im.exec(mail.source)![1]!
  const transport = createTransport({
    host: '127.0.0.1',
    port: house.desk.smtpPort ?? 0,
    tls: { rejectUnauthorized: false },
  })
  await transport.sendMail({
    from: 'Vera <vera@example.com>',
    to: 'support@example.com',
    subject: 'the money',
    inReplyTo: messageId,
    text: `Twice, indeed.\n\n${mail.text.replace(/^/gm, '> ')}`,
  })
  transport.close()
  await page.getByText('Twice, indeed.').first().waitFor()
  await page.getByRole('status').filter({ hasText: 'With Accounting ·' }).waitFor({ state: 'hidden' })
  await picture(page, 'consult-back')
  assert.deepEqual((await opened()).holder?.name, 'Admin')
  await page.context().close()
})

test('who had it, and how long, stands in a line and as text', async () => {
  const page = await arrive(`/conversations/${number}`)
  const line = page.getByRole('button', { name: /Who had it: Admin/ })
  await line.focus()
  await page.keyboard.press('Enter')
  const told = page.getByRole('list', { name: 'Who had it' })
  await told.getByText('Accounting').first().waitFor()
  await picture(page, 'handoffs')
  assert.deepEqual(await findBarriers(page), [])
  await page.context().close()
})

test('one key takes the most urgent that waits in one’s teams, and one takes it back', async () => {
  const { number: waits } = await mailIn(house, { subject: 'Is anybody there', from: 'last@mail.example' })
  await admin.put(`/conversations/${waits}/priority`, { priority: 'urgent' })
  const page = await arrive('/views/mine')
  await page.getByRole('heading', { name: 'Mine' }).waitFor()
  await page.keyboard.press('w')
  await page.getByText('Yours now: Is anybody there').first().waitFor()
  await page.getByRole('article', { name: 'Is anybody there' }).waitFor()
  await picture(page, 'take-next')
  const assignee = async () =>
    (await admin.get<OpenedConversation>(`/conversations/${waits}`)).body.assignee?.name ?? null
  await until(async () => (await assignee()) === 'Admin')
  await page.getByRole('button', { name: 'Undo' }).click()
  await until(async () => (await assignee()) === null)
  await page.context().close()
})

test('no page complained', () => assert.deepEqual(complaints, []))
