// One agent reads: what is folded, files in place, a link to one message, keys, the source, paper.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { findBarriers, openBrowser, picture } from '#test/browser.ts'
import { adminAddress, adminPassword, inboxAddress, startDesk } from '#test/desk.ts'
import { until } from '#test/until.ts'

const { visit, complaints } = await openBrowser()
const { desk, url, admin } = await startDesk()
const post = createTransport({ host: '127.0.0.1', port: Number(desk.smtpPort), ignoreTLS: true })
after(() => post.close())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
)
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

async function mail(subject: string, more: object): Promise<number> {
  await post.sendMail({ from: 'Heike Müller <heike@example.com>', to: inboxAddress, subject, ...more })
  return until(async () => {
    const { body } = await admin.get<{ items: { number: number; subject: string }[] }>('/conversations', {
      query: { view: 'all' },
    })
    return body.items.find((each) => each.subject === subject)?.number
  })
}

async function open(path: string, options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ ...options, expected: /40[149]/ })
  await page.goto(`${url}${path}`)
  await page.getByLabel('Mail address').fill(adminAddress)
  await page.getByLabel('Password').fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('article', { name: 'Heike Müller' }).first().waitFor()
  return page
}

test('an agent reads a mail: what is new first, the rest one key away, its files without saving them', async (t) => {
  const number = await mail('The invoice', {
    html: `<p style="color:#123">It is <b>wrong</b>.</p><div class="gmail_signature">Heike Müller GmbH</div>
      <div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 16, 2026 at 9:00 AM Support &lt;support@example.com&gt; wrote:</div>
      <blockquote class="gmail_quote">Here is the invoice.</blockquote></div>`,
    attachments: [
      { filename: 'photo.png', content: png },
      { filename: 'second.png', content: png },
      { filename: 'list.csv', content: 'Name;Count\nTea;5\n' },
    ],
  })
  for (let n = 0; n < 3; n++)
    await admin.put(`/conversations/${number}/priority`, { priority: n % 2 ? 'low' : 'high' })
  await admin.post(`/conversations/${number}/comments`, { text: 'Only for us' })
  const page = await open(`/conversations/${number}`)
  const frame = page.frameLocator('iframe')

  await t.test('history and signature are folded; o shows the whole message and folds it again', async () => {
    await frame.getByText('wrong').waitFor()
    await frame.getByText('Here is the invoice.').waitFor({ state: 'hidden' })
    await frame.getByText('Heike Müller GmbH').waitFor({ state: 'hidden' })
    await page.keyboard.press('n')
    await page.keyboard.press('o')
    await frame.getByText('Here is the invoice.').waitFor()
    await frame.getByText('wrong').click()
    // The key reaches the desk from inside the mail too.
    await page.keyboard.press('o')
    await frame.getByText('Here is the invoice.').waitFor({ state: 'hidden' })
  })

  await t.test('three changes are one line until asked for', async () => {
    await button(page, '3 changes · show').click()
    await button(page, '3 changes · hide').waitFor()
  })

  await t.test(
    'pictures open in a viewer with arrows and zoom, a table opens as one, Esc closes',
    async () => {
      await button(page, 'Open photo.png').click()
      const viewer = page.getByRole('dialog')
      await viewer.getByText('photo.png (1 of 3)').waitFor()
      await page.keyboard.press('+')
      await page.keyboard.press('ArrowRight')
      await viewer.getByText('second.png (2 of 3)').waitFor()
      await page.keyboard.press('ArrowRight')
      await viewer.getByRole('cell', { name: 'Tea' }).waitFor()
      assert.deepEqual(await findBarriers(page), [])
      await picture(page, 'timeline-table')
      await page.keyboard.press('Escape')
      await viewer.waitFor({ state: 'hidden' })
    },
  )

  await t.test('the source is read with its headers, and can be had as a file', async () => {
    await button(page, 'More about this message').first().click()
    await page.getByRole('menuitem', { name: 'Show the source' }).click()
    const viewer = page.getByRole('dialog')
    await viewer.getByRole('button', { name: 'The invoice' }).waitFor()
    await viewer.getByRole('tab', { name: 'As it came' }).click()
    await viewer.getByText('multipart/mixed').first().waitFor()
    assert.match((await viewer.getByRole('link', { name: '.eml' }).getAttribute('href')) ?? '', /\/source$/)
    assert.deepEqual(await findBarriers(page), [])
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })
  })

  await t.test('Ctrl+P prints the conversation, without comments unless they are asked for', async () => {
    await page.keyboard.press('Control+p')
    const dialog = page.getByRole('dialog', { name: 'Print or save' })
    const save = dialog.getByRole('link', { name: 'Save as a file' })
    assert.match((await save.getAttribute('href')) ?? '', /comments=false/)
    assert.deepEqual(await findBarriers(page), [])
    // What is saved stands alone: the words, and nothing that was said among colleagues.
    const [file] = await Promise.all([page.waitForEvent('download'), save.click()])
    assert.match(file.suggestedFilename(), /\.html$/)
    const saved = readFileSync(await file.path(), 'utf8')
    assert.match(saved, /<h1 dir="auto">/)
    assert.ok(saved.includes('The invoice'))
    assert.ok(!saved.includes('Only for us'))
    await page.keyboard.press('Control+p')
    const printed = page.waitForEvent('request', (request) => request.url().includes('/document?'))
    await dialog.getByRole('button', { name: 'Print', exact: true }).click()
    assert.match((await printed).url(), /comments=false/)
    await dialog.waitFor({ state: 'hidden' })
    const paper = await page.context().newPage()
    await paper.goto(`${url}/api/v1/conversations/${number}/document?comments=true&events=true`)
    await paper.getByText('Only for us').waitFor()
    await paper.locator('p.event').first().waitFor()
    assert.equal((await paper.pdf()).subarray(0, 5).toString(), '%PDF-')
    await picture(paper, 'timeline-paper')
    await paper.close()
  })
  await page.context().close()
})

test('a link leads to one message in a long conversation, marks it, and nothing jumps while older ones come', async () => {
  const number = await mail('A long one', { text: 'Message 0' })
  for (let n = 1; n <= 120; n++)
    await admin.post(`/conversations/${number}/comments`, {
      text: `Comment ${n}. ${'Words. '.repeat((n % 9) * 10)}`,
    })
  const { body } = await admin.get<{ items: { id: string; text?: string }[] }>(
    `/conversations/${number}/items`,
    { query: { limit: 100 } },
  )
  const target = body.items.find((item) => item.text?.startsWith('Comment 30.'))
  assert.ok(target)
  const page = await visit({ expected: /40[149]/ })
  await page.goto(`${url}/conversations/${number}?around=${target.id}`)
  await page.getByLabel('Mail address').fill(adminAddress)
  await page.getByLabel('Password').fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const item = page.locator(`[data-item="${target.id}"]`)
  await item.getByText('Comment 30.').waitFor()
  // Where it is painted: the browser holds its place as the frame is made, not as rows are put in.
  const place = () =>
    item.evaluate(async (element) => {
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
      const box = element.closest('section')!.getBoundingClientRect()
      return Math.round(element.getBoundingClientRect().top - box.top)
    })
  await until(async () => Math.abs((await place()) - 12) <= 2)
  assert.equal(await item.getAttribute('data-target'), 'true')
  // Scrolled up by hand; the oldest come, and what is read stays where it is.
  await page.mouse.move(600, 400)
  await page.mouse.wheel(0, -600)
  await until(async () => Math.abs((await place()) - 612) <= 2)
  await button(page, 'Show older').dispatchEvent('click')
  await page.getByText('Message 0').waitFor({ state: 'attached' })
  assert.ok(Math.abs((await place()) - 612) <= 2, `${await place()}`)
  // What lies between it and the newest was not fetched, says so, and fills without moving what is read.
  const gap = button(page, /entries in between/)
  await gap.waitFor({ state: 'attached' })
  await page.getByText('Comment 60.').waitFor({ state: 'detached' })
  await gap.dispatchEvent('click', { detail: 1 })
  await page.getByText('Comment 60.').waitFor({ state: 'attached' })
  await gap.waitFor({ state: 'detached' })
  assert.ok(Math.abs((await place()) - 612) <= 2, `${await place()}`)
  // By key one stops at it, and goes on reading at the first that came, whether Enter asked for it or it came by itself.
  for (const enter of [true, false]) {
    await page.reload()
    await until(async () => Math.abs((await place()) - 12) <= 2)
    await gap.focus()
    if (enter) await page.keyboard.press('Enter')
    await page.getByRole('article').and(page.locator(':focus')).getByText('Comment 55.').waitFor()
  }
  await page.context().close()
})

test('of the letters one went through nothing stays in memory but the one that is open', async () => {
  const letters = 10
  let last = 0
  for (let n = 1; n <= letters; n++)
    last = await mail(`Letter ${n}`, {
      html: `<table bgcolor="#ffeecc"><tr><td>Letter ${n}</td></tr></table>`,
    })
  const page = await open(`/views/all/${last}`)
  await page
    .getByRole('region', { name: 'Queue' })
    .getByRole('link', { name: /Letter 1\b/ })
    .waitFor()
  const { numbers, at } = await page.evaluate(() => {
    const paths = [...document.querySelectorAll('section[aria-label="Queue"] a')].map(
      (row) => new URL((row as HTMLAnchorElement).href).pathname,
    )
    return { numbers: paths, at: paths.indexOf(location.pathname) }
  })
  const key = at < numbers.length / 2 ? 'j' : 'k'
  for (let n = 1; n < letters; n++) {
    await page.keyboard.press(key)
    await page.waitForURL(`**${numbers[at + (key === 'j' ? n : -n)]}`)
    await page.locator('main iframe:not([data-unmeasured])').first().waitFor()
  }
  const cdp = await page.context().newCDPSession(page)
  // The page itself, the open letter, and one that is just going.
  await until(async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    return (await cdp.send('Memory.getDOMCounters')).documents <= 3
  })
  await page.context().close()
})

test('no page complained', () => assert.deepEqual(complaints, []))
