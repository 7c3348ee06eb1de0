// What an agent does all day, in browsers and over real SMTP: writing with what mail survives, prepared texts, files;
// what was shown before is what arrives. Two people on one draft. A stopped draft that outlives its page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import PostalMime from 'postal-mime'
import { openBrowser, picture, writtenIn } from '../browser.ts'
import { startDesk } from '../desk.ts'
import { mailIn } from '../post.ts'
import { startSmtpSink } from '../smtp-sink.ts'
import { until } from '../until.ts'

const password = 'a quiet afternoon'
const { visit, complaints } = await openBrowser()
const sink = await startSmtpSink()
const house = await startDesk()
const { url, admin } = house
await house.house.db
  .insertInto('channels')
  .values({
    kind: 'mail',
    inbox: house.inbox,
    name: 'Mail',
    settings: { smtp: { host: '127.0.0.1', port: sink.port, security: 'starttls', username: null } },
    enabled_at: new Date(),
    created_at: new Date(),
  })
  .execute()

async function arrive(name: string): Promise<Page> {
  const address = `${name.toLowerCase()}@example.com`
  await house.addAgent({ name, address, password })
  // 401 before signing in, 404 for a draft just given away, 409 for a stopped reply or a pen in use: part of the stories.
  const page = await visit({ expected: /40[149]|ERR_FAILED/ })
  await page.goto(`${url}/views/all`)
  await page.getByLabel('Mail address').fill(address)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Menu' }).waitFor()
  return page
}
const box = (page: Page) => page.getByRole('textbox', { name: 'Text of the reply' })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** The conversation with its editor there, not only the first plain field. */
async function open(page: Page, number: number) {
  await page.goto(`${url}/conversations/${number}`)
  await button(page, 'Send and wait').waitFor()
}

const olga = await arrive('Olga')
const boris = await arrive('Boris')

test('no key is lost while the editor is still on its way', async () => {
  const { number } = await mailIn(house, { subject: 'Slow line' })
  const page = await olga.context().newPage()
  await page.route(/\/assets\/boxes-/, async (route) => {
    await until(async () => (await writtenIn(box(page))).length > 12)
    await route.continue()
  })
  // Not until all is loaded: the editor may be part of that, and it comes only when something has been written.
  await page.goto(`${url}/conversations/${number}`, { waitUntil: 'commit' })
  await box(page).click()
  await page.keyboard.type('The quick brown fox jumps over the lazy dog.', { delay: 25 })
  await button(page, 'Send and wait').waitFor()
  await page.keyboard.type(' And on.', { delay: 5 })
  assert.equal(await writtenIn(box(page)), 'The quick brown fox jumps over the lazy dog. And on.')
  await page.close()
})

test('a colleague is offered also when the sign was typed before the editor, or the colleagues, were there', async () => {
  const comment = (page: Page) => page.getByRole('textbox', { name: 'Text of the comment' })
  const late = async (what: RegExp) => {
    const { number } = await mailIn(house, { subject: `A slow morning, ${what.source}` })
    const page = await olga.context().newPage()
    let letGo = () => {}
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(what, async (route) => {
      await gate
      await route.continue()
    })
    await page.goto(`${url}/conversations/${number}`, { waitUntil: 'commit' })
    await page.getByRole('tab', { name: 'Comment' }).click()
    await comment(page).pressSequentially('Could you look, @bor')
    letGo()
    await page.getByRole('option', { name: 'Boris' }).waitFor()
    await page.keyboard.press('Enter')
    assert.equal(await writtenIn(comment(page)), 'Could you look, @Boris ')
    await page.close()
  }
  await late(/\/assets\/boxes-/)
  await late(/\/api\/v1\/agents/)
})

test('formatting, a saved reply and a file arrive as they were shown before', async () => {
  await admin.post('/saved-replies', {
    name: 'Return label',
    text: 'Dear {{customer.firstName|customer}}, your label is attached.',
    scope: 'all',
  })
  await admin.patch(`/inboxes/${house.inbox}`, { signature: 'The support desk' })
  const { number } = await mailIn(house, { subject: 'A label please', text: 'May I send it back?' })
  await open(olga, number)
  await box(olga).click()
  await olga.keyboard.type('/label')
  await olga.getByRole('option', { name: 'Return label' }).waitFor()
  await olga.keyboard.press('Enter')
  assert.equal(await writtenIn(box(olga)), 'Dear Anna, your label is attached.')
  await olga.keyboard.type('\nIt is **really** free:\n- print\nstick')
  await olga.setInputFiles('input[type=file]', {
    name: 'label.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('LABEL 42'),
  })
  await button(olga, 'Remove label.txt').waitFor()
  await button(olga, 'Quote, preview, saved replies').click()
  const asked = olga.waitForResponse(/messages\/preview$/)
  await olga.getByRole('menuitem', { name: 'See what goes out' }).click()
  const shown = (await (await asked).json()) as { text: string; html: string; subject: string }
  const frame = olga.frameLocator('iframe[title="What goes out"]')
  assert.equal(await frame.locator('strong').innerText(), 'really')
  await frame.getByText('The support desk').waitFor()
  await frame.getByText('May I send it back?').waitFor()
  await olga.getByText('label.txt (8 bytes)').waitFor()
  await button(olga, 'Back to the text').click()
  await box(olga).press('Control+Enter')
  await olga.getByRole('article', { name: 'Olga' }).waitFor()
  assert.equal(await writtenIn(box(olga)), '')
  await until(async () => sink.taken.length === 1, { within: 30_000 })
  const mail = await PostalMime.parse(sink.taken[0]?.source ?? '')
  assert.equal(mail.subject, shown.subject)
  const lines = (text: string | undefined) => text?.replaceAll('\r\n', '\n').trim()
  assert.equal(lines(mail.text), lines(shown.text))
  assert.equal(lines(mail.html), lines(shown.html))
  assert.match(mail.text ?? '', /Dear Anna, your label is attached\.\nIt is really free:\n\* print\n\* stick/)
  assert.equal(mail.attachments[0]?.filename, 'label.txt')
})

test('a message is passed on with formatting and the files left in', async () => {
  const attachments = [
    { filename: 'keep.txt', content: 'one' },
    { filename: 'leave.txt', content: 'two' },
  ]
  const { number } = await mailIn(house, { subject: 'For the experts', text: 'Two papers', attachments })
  await open(olga, number)
  await olga.keyboard.press('Shift+F')
  await olga.getByLabel('To', { exact: true }).fill('eva@else.example')
  const words = olga.getByRole('textbox', { name: 'Your words about it' })
  await words.click()
  await olga.keyboard.type('Please **look**')
  await olga.getByRole('checkbox', { name: /leave\.txt/ }).click()
  await picture(olga, 'forward')
  const before = sink.taken.length
  await words.press('Control+Enter')
  await until(async () => sink.taken.length > before, { within: 30_000 })
  const mail = await PostalMime.parse(sink.taken.at(-1)?.source ?? '')
  assert.match(mail.html ?? '', /Please <strong>look<\/strong>.*Forwarded message.*Two papers/s)
  assert.deepEqual(
    mail.attachments.map(({ filename }) => filename),
    ['keep.txt'],
  )
})

test('a variable nobody can fill stops the send and never leaves as braces', async () => {
  const { number } = await mailIn(house, { subject: 'Nameless', from: 'shop42@mail.example' })
  await admin.post('/saved-replies', { name: 'Greeting', text: 'Dear {{customer.firstName}},', scope: 'all' })
  await open(olga, number)
  await box(olga).click()
  await olga.keyboard.type('/greet')
  await olga.getByRole('option', { name: 'Greeting' }).click()
  await box(olga).getByText('customer’s first name').waitFor()
  await button(olga, 'Send and wait').click()
  await olga.getByRole('alert').filter({ hasText: 'fill in or remove' }).waitFor()
  const { body } = await admin.get<{ items: { type: string }[] }>(`/conversations/${number}`)
  assert.equal(body.items.filter((item) => item.type === 'message').length, 1)
})

test('a draft is shown to a colleague, who is seen looking, asks for the pen and gets it with the last words', async () => {
  const { number } = await mailIn(house, { subject: 'Two pens' })
  await open(olga, number)
  await open(boris, number)
  await box(olga).click()
  await olga.keyboard.type('Dear Anna, we have')
  await boris.getByText('Olga is writing a reply since').waitFor()
  await button(boris, 'Show the draft').click()
  await boris.getByRole('region', { name: 'Draft of Olga' }).getByText('Dear Anna, we have').waitFor()
  await olga.getByText('Has looked at your draft: Boris').waitFor()
  await button(boris, 'Take over').click()
  await olga.getByText('Boris would like to take over this draft.').waitFor()
  await box(olga).click()
  await olga.keyboard.press('End')
  await olga.keyboard.type(' a new one')
  await button(olga, 'Give it').click()
  await until(async () => (await writtenIn(box(boris))) === 'Dear Anna, we have a new one')
  await until(async () => (await writtenIn(box(olga))) === '')
})

test('a stopped draft waits for its decision over a reload, and stands under Drafts', async () => {
  const { number, messageId } = await mailIn(house, { subject: 'Stopped' })
  await open(boris, number)
  await box(boris).click()
  await boris.keyboard.type('We will call you.')
  // The line is cut: what the customer writes does not reach this screen before Send is pressed.
  await boris.route(`**/api/v1/conversations/${number}*`, (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  )
  await mailIn(house, {
    subject: 'Re: Stopped',
    text: 'Please do not call me, write.',
    inReplyTo: `<${messageId}>`,
  })
  await button(boris, 'Send and wait').click()
  const stopped = boris.getByRole('alert').filter({ hasText: 'wrote while you were writing' })
  await stopped.waitFor()
  await boris.getByText('Draft saved').waitFor()
  await boris.unroute(`**/api/v1/conversations/${number}*`)
  await boris.reload()
  await stopped.waitFor()
  assert.equal(await writtenIn(box(boris)), 'We will call you.')
  await boris.locator('[data-marked]').getByText('Please do not call me, write.').waitFor()
  await boris.goto(`${url}/drafts`)
  await boris.getByRole('listitem').filter({ hasText: 'Stopped' }).getByText('We will call you.').waitFor()
  await boris.goBack()
  await stopped.getByRole('button', { name: 'Send anyway' }).click()
  await boris.getByRole('article', { name: 'Boris' }).getByText('We will call you.').waitFor()
  await stopped.waitFor({ state: 'detached' })
})

test('a reply that leaves later says when, and a new one asks what becomes of it', async () => {
  const { number } = await mailIn(house, { subject: 'Later' })
  await open(olga, number)
  await box(olga).click()
  await olga.keyboard.type('Good morning.')
  await button(olga, 'What happens after sending').click()
  await olga.getByRole('menuitem', { name: 'Send later' }).click()
  await olga
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click()
  await olga.getByText(/^Your reply leaves .*09:00/).waitFor()
  await box(olga).click()
  await olga.keyboard.type('At once after all.')
  await button(olga, 'Send and wait').click()
  await olga.getByRole('alert').filter({ hasText: 'still waits to leave' }).waitFor()
  await button(olga, 'Send instead of it').click()
  await olga.getByRole('article', { name: 'Olga' }).getByText('At once after all.').waitFor()
  await olga.getByText(/^Your reply leaves/).waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})
