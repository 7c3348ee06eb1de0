// Who is on the other side: a call is noted down and its summary reaches the customer by a real SMTP server, two
// entries for one person become one and two again, and somebody is found by a phone written differently. Once at a
// desk in English, once on a phone in Russian.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { OpenedConversation } from '../../src/features/conversations/conversations.contract.ts'
import type { Customer, OpenedCustomer } from '../../src/features/customers/customers.contract.ts'
import { type Browsing, findBarriers, openBrowser } from '../browser.ts'
import { startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { startSmtpSink } from '../smtp-sink.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints }: Browsing = await openBrowser()
const sink = await startSmtpSink()
const house: TestDesk = await startDesk()
const { url, admin } = house
await house.house.db
  .insertInto('channels')
  .values({
    kind: 'mail',
    inbox: house.inbox,
    name: 'Mail',
    settings: JSON.stringify({
      smtp: { host: '127.0.0.1', port: sink.port, security: 'starttls', username: null },
    }) as never,
    enabled_at: new Date(),
    created_at: new Date(),
  })
  .execute()

async function arrive(name: string, language: 'en' | 'ru', phone: boolean): Promise<Page> {
  const agent = await house.addAgent({ name, password, language })
  await agent.client.patch('/me', { settings: { undoSeconds: 0, language } })
  const page = await visit({
    expected: /401|409/,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    ...(phone ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } : {}),
  })
  await page.goto(`${url}/customers`)
  await page.locator('input[type=email]').fill(agent.address)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: language === 'ru' ? 'Клиенты' : 'Customers' }).waitFor()
  return page
}
const numbered = (page: Page) => until(() => /conversations\/(\d+)/.exec(page.url())?.[1])
const opened = async (id: string) => (await admin.get<OpenedCustomer>(`/customers/${id}`)).body

const said = {
  en: {
    newCall: 'New call',
    who: 'Who',
    subject: 'Subject',
    whatWasSaid: 'What was said',
    minutes: /^Minutes/,
    summarise: /Mail the customer a summary/,
    to: 'To',
    summary: 'Summary',
    send: 'Save and send',
    find: 'Name, address, any writing of a phone',
    more: 'More about this customer',
    joinWith: 'Join with another customer',
    whom: 'With whom',
    join: 'Join',
    apart: 'Take apart',
  },
  ru: {
    newCall: 'Новый звонок',
    who: 'Кто',
    subject: 'Тема',
    whatWasSaid: 'О чём говорили',
    minutes: /^Минут/,
    summarise: /Отправить клиенту краткое изложение/,
    to: 'Кому',
    summary: 'Изложение',
    send: 'Сохранить и отправить',
    find: 'Имя, адрес или телефон в любом виде',
    more: 'Ещё о клиенте',
    joinWith: 'Объединить с другим клиентом',
    whom: 'С кем',
    join: 'Объединить',
    apart: 'Разъединить',
  },
}

for (const { language, phone, caller, number, written, other } of [
  {
    language: 'en',
    phone: false,
    caller: 'Kim Larsen',
    number: '+45 32 12 34 56',
    written: '32 12-34 56',
    other: 'kim@larsen.example',
  },
  {
    language: 'ru',
    phone: true,
    caller: 'Иван Петров',
    number: '+7 912 345-67-89',
    written: '8 (912) 345 67 89',
    other: 'ivan@petrov.example',
  },
] as const) {
  const words = said[language]
  test(`a call, its summary, one person instead of two: ${language}, ${phone ? 'phone' : 'desk'}`, async (t) => {
    const page = await arrive(`Agent-${language}`, language, phone)
    const summaryTo = `confirm-${other}`

    await t.test('what is typed while talking survives a reload', async () => {
      await page.getByRole('main').getByRole('button', { name: words.newCall }).click()
      await page.getByLabel(words.who, { exact: true }).fill(`${caller}, ${number}`)
      await page.getByLabel(words.subject, { exact: true }).fill('The kettle by phone')
      await page.getByLabel(words.whatWasSaid).fill('It leaks; a new one goes out on Monday.')
      await page.reload()
      await page.getByRole('main').getByRole('button', { name: words.newCall }).click()
      await until(async () => (await page.getByLabel(words.whatWasSaid).inputValue()).includes('on Monday'))
      assert.deepEqual(await findBarriers(page), [])
    })

    let id = ''
    await t.test('the summary leaves by SMTP, the call is a conversation of its own', async () => {
      await page.getByLabel(words.minutes).fill('4')
      await page.getByRole('checkbox', { name: words.summarise }).click()
      await page.getByLabel(words.to, { exact: true }).fill(summaryTo)
      await page.getByLabel(words.summary, { exact: true }).fill('We send you a new kettle on Monday.')
      await page.getByRole('button', { name: words.send }).click()
      const started = await numbered(page)
      await until(() => sink.taken.some(({ to }) => to.includes(summaryTo)), { within: 60_000 })
      const mail = sink.taken.find(({ to }) => to.includes(summaryTo))!
      assert.match(mail.source, /a new kettle on Monday/)
      assert.doesNotMatch(mail.source, /It leaks/, 'what was noted for ourselves stays here')
      const { body } = await admin.get<OpenedConversation>(`/conversations/${started}`)
      const call = body.items.find((item) => item.type === 'message')!
      assert.deepEqual(
        [call.type === 'message' && call.medium, call.type === 'message' && call.callSeconds],
        ['phone', 240],
      )
      assert.equal(body.status.category, 'pending', 'he is asked to confirm')
      id = body.customer.id!
    })

    await t.test('he is found by his number written differently, in the list and by search', async () => {
      await page.goto(`${url}/customers`)
      await page.getByLabel(words.find).fill(written)
      await page.getByRole('link', { name: caller }).click()
      await page.getByRole('heading', { name: caller }).waitFor()
      await page.goto(`${url}/search?q=${encodeURIComponent(written)}`)
      await page.getByRole('link', { name: caller }).first().waitFor()
    })

    await t.test('two entries become one, after a look at what comes out, and two again', async () => {
      const mail = await mailIn(house, { from: `${caller} <${other}>`, subject: `Mail of ${other}` })
      const { body } = await admin.get<OpenedConversation>(`/conversations/${mail.number}`)
      const second = body.customer.id!
      assert.notEqual(second, id)
      await page.goto(`${url}/customers/${id}`)
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.joinWith }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words.whom).fill(other)
      await page.getByRole('option', { name: new RegExp(other) }).click()
      await dialog.getByText(other, { exact: true }).waitFor()
      await dialog.getByRole('button', { name: words.join, exact: true }).click()
      await page.getByRole('link', { name: new RegExp(`Mail of ${other}`) }).waitFor()
      assert.equal((await opened(second)).id, id)
      await page.getByRole('button', { name: words.apart }).click()
      await page.getByRole('link', { name: new RegExp(`Mail of ${other}`) }).waitFor({ state: 'detached' })
      assert.equal((await opened(second)).id, second)
    })

    await t.test('a hint written on his page stands above his conversation', async () => {
      await admin.patch<Customer>(`/customers/${id}`, { hint: 'Never call before ten' })
      await page.goto(`${url}/customers/${id}`)
      await page.getByText('Never call before ten').first().waitFor()
      assert.deepEqual(await findBarriers(page), [])
      await page.getByRole('link', { name: /The kettle by phone/ }).click()
      await page.getByRole('article').getByText('Never call before ten').waitFor()
    })
  })
}

test('who writes the same field a moment later is told, and may still have his way', async () => {
  const page = await arrive('Vera', 'en', false)
  const { body: customer } = await admin.post<OpenedCustomer>('/customers', {
    name: 'Two Hands',
    hint: 'Old',
  })
  await page.goto(`${url}/customers/${customer.id}`)
  await page.getByText('Old', { exact: true }).first().waitFor()
  // Her line is slow: what Admin writes does not reach her screen.
  await page.route('**/api/v1/customers/*', (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  )
  await page.getByText('Old', { exact: true }).first().hover()
  await page.getByRole('button', { name: 'Change: Hint' }).click()
  await admin.patch(`/customers/${customer.id}`, { hint: 'Theirs' })
  await page.getByRole('textbox', { name: 'Hint' }).fill('Mine')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Admin was quicker: Theirs.').waitFor()
  assert.equal((await opened(customer.id)).hint, 'Theirs')
  await page.getByRole('button', { name: 'Use mine: Mine' }).click()
  await until(async () => (await opened(customer.id)).hint === 'Mine')
})

after(() =>
  assert.deepEqual(
    complaints.filter((words) => !/ERR_FAILED/.test(words)),
    [],
  ),
)
