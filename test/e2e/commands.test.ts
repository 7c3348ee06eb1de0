// The keyboard's story: Russian hands work a conversation with the letters under their fingers, and whatever one cannot
// remember is found by a few letters, in whichever layout they were typed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browsing, findBarriers, openBrowser, picture } from '../browser.ts'
import { adminAddress, adminPassword, startDesk, type TestDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { until } from '../until.ts'

const { visit, complaints }: Browsing = await openBrowser()
const house: TestDesk = await startDesk()
const { url, admin } = house
const boris = await house.addAgent({ name: 'Boris' })

async function arrive(path: string, more: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ expected: /401/, ...more })
  await signIn(page, path)
  return page
}
async function signIn(page: Page, path: string) {
  await page.goto(`${url}${path}`)
  await page.locator('input[type=email]').fill(adminAddress)
  await page.locator('input[type=password]').fill(adminPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('main').waitFor()
}
/** A key of the Russian layout, as the browser gets it. */
async function press(page: Page, ...pressed: [key: string, code: string][]) {
  const session = await page.context().newCDPSession(page)
  for (const [key, code] of pressed)
    for (const type of ['keyDown', 'keyUp'] as const)
      await session.send('Input.dispatchKeyEvent', {
        type,
        key,
        code,
        text: type === 'keyDown' ? key : undefined,
      })
  await session.detach()
}
const numberOf = async (subject: string) =>
  (await mailIn(house, { subject, text: 'Please have a look.' })).number
interface Seen {
  assignee: { id: string } | null
  status: { category: string }
}
const seen = async (number: number) => (await admin.get<Seen>(`/conversations/${number}`)).body

test('with a Russian layout the same places on the keyboard do the same things', async () => {
  const number = await numberOf('Клавиши')
  await numberOf('Следующее')
  const page = await arrive('/views/all')
  const rows = page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link')
  await until(async () => (await rows.count()) === 2)
  await rows.getByText('Клавиши').click()
  await page.getByRole('article', { name: 'Клавиши' }).waitFor()
  await press(page, ['ф', 'KeyA'])
  await page.getByPlaceholder('Who takes it?').waitFor()
  await page.getByRole('option', { name: 'Boris' }).click()
  await until(async () => (await seen(number)).assignee?.id === boris.id)
  await page.getByPlaceholder('Who takes it?').waitFor({ state: 'hidden' })
  await press(page, ['у', 'KeyE'])
  await until(async () => (await seen(number)).status.category === 'solved')
  await press(page, ['п', 'KeyG'], ['ь', 'KeyM'])
  await page.waitForURL('**/views/mine')
  await press(page, [',', 'Slash'])
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await keys.getByText('Go to mine').waitFor()
  await page.keyboard.press('Escape')
  await keys.waitFor({ state: 'hidden' })
  await press(page, ['.', 'Slash'])
  await page.waitForURL('**/search')
  await page.context().close()
})

test('what is typed into a field stays in it, whatever the letters mean elsewhere', async () => {
  const number = await numberOf('Typing')
  const page = await arrive(`/conversations/${number}`)
  await page.getByRole('textbox', { name: 'Text of the reply' }).pressSequentially('eagzu?/j')
  assert.equal((await seen(number)).status.category, 'new')
  assert.equal(new URL(page.url()).pathname, `/conversations/${number}`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'All actions' }).waitFor()
  await page.context().close()
})

test('what is typed while the palette is still on its way stands in its line, and does nothing else', async () => {
  const number = await numberOf('A quick hand')
  const page = await visit({ expected: /401/ })
  let arrive = () => {}
  const held = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/\/Palette-[^/]*\.js/, async (route) => {
    await held
    await route.continue()
  })
  await signIn(page, `/conversations/${number}`)
  await page.getByRole('article', { name: 'A quick hand' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ex')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('a')
  arrive()
  const line = page.getByRole('combobox', { name: 'All actions' })
  await until(async () => (await line.inputValue()) === 'ea')
  // Whatever takes the focus away meanwhile: keys stay the line's.
  await line.evaluate((element) => element.blur())
  await page.keyboard.type('e')
  await until(async () => (await line.inputValue()) === 'eae')
  await line.fill('drafts')
  await page.getByRole('option', { selected: true, name: 'Drafts' }).waitFor()
  await page.getByRole('dialog').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/drafts')
  assert.equal((await seen(number)).status.category, 'new')
  await page.context().close()
})

test('the palette does things, goes to places and finds people and conversations, in either layout', async () => {
  const number = await numberOf('A wobbly table')
  const page = await arrive(`/conversations/${number}`)
  const line = page.getByRole('combobox', { name: 'All actions' })
  const first = page.getByRole('option', { selected: true })
  const ask = async (typed: string, answer: RegExp) => {
    await page.keyboard.press('Control+k')
    await line.fill(typed)
    await first.filter({ hasText: answer }).waitFor()
  }
  await page.getByRole('article', { name: 'A wobbly table' }).waitFor()

  await ask('фыышпт ищкшы', /^Assign → Boris/)
  assert.deepEqual(await findBarriers(page), [])
  await page.keyboard.press('Enter')
  await until(async () => (await seen(number)).assignee?.id === boris.id)

  await ask('assign admin', /^Assign → Admin/)
  await page.keyboard.press('Enter')
  // A quick hand is at the next thing before the last one is done.
  await ask('comm', /^Comment/)
  await until(async () => ![undefined, boris.id].includes((await seen(number)).assignee?.id))
  await page.keyboard.press('Enter')
  const area = page.getByRole('textbox', { name: 'Text of the comment' })
  await until(() => area.evaluate((element) => element === document.activeElement))

  await ask('chann', /^Settings: Channels/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/channels')

  await ask('wobbly', /A wobbly table/)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/conversations/${number}`)

  await ask(`#${number}`, new RegExp(`Conversation ${number}`))
  await line.fill('')
  // What was chosen last stands first.
  await first.filter({ hasText: 'A wobbly table' }).waitFor()
  await page.keyboard.press('Escape')
  await line.waitFor({ state: 'hidden' })
  await page.context().close()
})

test('"not ours" is one key and a choice: on to the other team, the way it came seen there, and taken back', async () => {
  await admin.post('/teams', { name: 'Marketing' })
  const number = await numberOf('A question about the leaflet')
  const page = await arrive(`/conversations/${number}`)
  await page.getByRole('heading', { name: 'A question about the leaflet' }).waitFor()
  await page.keyboard.press('Shift+T')
  await page.getByPlaceholder('Not ours. Whose is it?').fill('mark')
  await page.keyboard.press('Enter')
  const said = page.getByText('Not ours: handed on to Marketing').first()
  await said.waitFor()
  await page.goto(`${url}/conversations/${number}`)
  await page.getByText('Not ours: Support → Marketing').waitFor()
  await page.getByText(/not ours, handed on from Support to Marketing/).waitFor()
  await picture(page, 'conversation-strayed')
})

test('on the phone the palette is behind a button, and its words are the reader’s', async () => {
  await admin.patch('/me', { settings: { language: 'ru' } })
  const page = await arrive('/views/all', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'ru-RU',
  })
  await page.getByRole('button', { name: 'Меню' }).click()
  await page.getByRole('button', { name: 'Все действия' }).click()
  await page.getByRole('combobox', { name: 'Все действия' }).fill('ntvyfz')
  await page.getByRole('option', { name: 'Тёмная тема' }).click()
  await until(async () => (await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark')
  await admin.patch('/me', { settings: { language: 'en', theme: 'system' } })
  await page.context().close()
})

test('letters switched off in the profile do nothing, arrows and chords go on', async () => {
  await admin.patch('/me', { settings: { singleKeys: false } })
  const number = await numberOf('Quiet keys')
  const page = await arrive(`/conversations/${number}`)
  await page.getByRole('article', { name: 'Quiet keys' }).waitFor()
  await page.keyboard.press('e')
  await page.keyboard.press('?')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'All actions' }).waitFor()
  assert.equal(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count(), 0)
  assert.equal((await seen(number)).status.category, 'new')
  await admin.patch('/me', { settings: { singleKeys: true } })
  await page.context().close()
})

test('no page complained', () => assert.deepEqual(complaints, []))
