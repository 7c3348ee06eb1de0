// Everywhere other people's words are shown, filled with payloads by mail and by hand, and walked through in a browser.
import assert from 'node:assert/strict'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { adminAddress, adminPassword, inboxAddress, type TestDesk } from '#test/desk.ts'
import { until } from '#test/until.ts'
import type { Watch } from './watch.ts'

/** So many messages stand in one conversation, and are looked at in one page load. */
const together = 20
/** A word in every message, for the search that shows all of them. */
const marker = 'quartzlamp'

/** Whether the n-th message of a conversation comes as HTML. */
const isHtml = (n: number) => n % 3 !== 2
/** How many documents there are to look at. */
export const documentsIn = (payloads: string[]): number =>
  payloads.filter((_, i) => isHtml(i % together)).length

interface List {
  items: { number: number }[]
  nextCursor: string | null
}

const line = (payload: string, length: number) =>
  payload
    .replace(/[\r\n\0]+/g, ' ')
    .slice(0, length)
    .toWellFormed() || 'x'

/** Every payload as subject, name, text, HTML and file name; @returns the conversations that hold them. */
export async function plant({ desk, admin }: TestDesk, payloads: string[]): Promise<number[]> {
  const post = createTransport({
    host: '127.0.0.1',
    port: Number(desk.smtpPort),
    ignoreTLS: true,
    pool: true,
    maxConnections: 4,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  const id = (group: number, n: number) => `<hostile-${group}-${n}@example.org>`
  const send = (payload: string, group: number, n: number) =>
    post.sendMail({
      from: { name: line(payload, 150), address: `stranger-${group}@example.org` },
      to: inboxAddress,
      subject: line(payload, 400),
      messageId: id(group, n),
      ...(n > 0 ? { inReplyTo: id(group, 0), references: [id(group, 0)] } : {}),
      text: `${marker} ${payload}`,
      // Every third one comes as text alone; the others look like more than text, so that they get a frame of their own.
      ...(isHtml(n)
        ? { html: `<table bgcolor="#eef"><tr><td>${group} ${n}</td></tr></table>${payload}` }
        : {}),
      attachments: [
        { filename: `${line(payload, 80)}.txt`, content: payload },
        ...(n === 0 ? [{ filename: 'page.html', content: payload, contentType: 'text/html' }] : []),
        ...(n === 1 ? [{ filename: 'drawing.svg', content: payload, contentType: 'image/svg+xml' }] : []),
      ],
    })
  const groups = Math.ceil(payloads.length / together)
  const group = (n: number) => payloads.slice(n * together, (n + 1) * together)
  for (let n = 0; n < groups; n++) await send(group(n)[0]!, n, 0)
  const begun = async () => {
    const found: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: List } = await admin.get<List>('/conversations', {
        query: { view: 'all', limit: 100, ...(cursor ? { cursor } : {}) },
      })
      found.push(...body.items.map(({ number }) => number))
      cursor = body.nextCursor
    }
    return found.length >= groups ? found : null
  }
  await until(begun)
  // Whoever holds them hears of each answer.
  for (const number of (await begun())!) await admin.put(`/conversations/${number}/assignee`, { agent: 'me' })
  for (let n = 0; n < groups; n++)
    await Promise.all(group(n).map((payload, i) => (i > 0 ? send(payload, n, i) : null)))
  await desk.settle()
  const numbers = (await begun())!
  for (const [i, number] of numbers.entries()) await write(admin, number, group(i % groups))
  await admin.patch('/me', { settings: { undoSeconds: 0 } })
  for (const number of numbers) await answer(admin, number)
  await desk.settle()
  // Once more, so that something waits behind the bell: what one has answered is read.
  for (let n = 0; n < groups; n++) await send(group(n)[0]!, n, together)
  post.close()
  await desk.settle()
  return numbers
}

/** What colleagues write by the API is a stranger's too: comments, drafts, tags, notes. */
async function write(admin: TestDesk['admin'], number: number, payloads: string[]): Promise<void> {
  const html = payloads.join('\n')
  await admin.post(`/conversations/${number}/comments`, { html: `<p>${marker}</p>${html}` })
  await admin.post(`/conversations/${number}/comments`, { text: payloads.join('\n').slice(0, 20_000) })
  await admin.put(`/conversations/${number}/draft`, { html: `<p>draft</p>${html}` })
  for (const payload of payloads.slice(0, 3))
    await admin.put(
      `/conversations/${number}/tags/${encodeURIComponent(line(payload, 30).replace(/[,/]/g, ' '))}`,
      {},
    )
}

/** The customer's words go out again, under our answer. */
async function answer(admin: TestDesk['admin'], number: number): Promise<void> {
  const { body } = await admin.get<{ items: { id: string }[] }>(`/conversations/${number}`)
  const lastSeen = body.items.at(-1)!.id
  const { status } = await admin.post(`/conversations/${number}/messages`, {
    text: `${marker} answered`,
    lastSeen,
    quote: 'all',
  })
  assert.equal(status, 201)
}

export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Mail address').fill(adminAddress)
  await page.getByLabel('Password').fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** Walks through every place; what happens on the way is noted by the watch. */
export async function walk(page: Page, url: string, numbers: number[], watch: Watch): Promise<void> {
  const go = async (place: string, path: string, shown: string) => {
    watch.at(place)
    await page.goto(`${url}${path}`)
    await page.locator(shown).first().waitFor()
    await through(page, watch)
  }
  await go('list', '/views/all', '[role="option"], [role="row"], [role="listitem"] a, article, main a')
  // Before the conversations are opened: what was looked at waits behind no bell.
  watch.at('bell')
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await page.getByRole('dialog', { name: 'Notifications' }).getByRole('listitem').first().waitFor()
  await through(page, watch)
  await page.keyboard.press('Escape')
  for (const number of numbers) {
    await go('conversation', `/conversations/${number}`, 'article')
    // From its newest message to its oldest, by the keys an agent uses.
    for (let n = 0; n < together + 5; n++) {
      await page.keyboard.press('Shift+n')
      await page.evaluate(untilShown)
      await watch.look()
    }
    watch.at('composer and preview')
    await page.keyboard.press('r')
    await page.locator('[contenteditable="true"]').first().waitFor()
    await watch.look()
    await page.keyboard.press('Escape')
    watch.at('print')
    await page.goto(`${url}/api/v1/conversations/${number}/document?comments=true`)
    await watch.look()
  }
  await go('outbox', '/outbox', 'main article')
  for (const source of await page.getByRole('tab', { name: 'Source' }).all()) {
    await source.click()
    await watch.look()
  }
  await go('search', `/search?q=${marker}`, 'mark')
  await go('customers', '/customers', 'main')
  await go('mail log', '/mail-log', 'main li, main tr, main [role="row"], main article')
  await go('drafts', '/drafts', 'main')
  await go('settings', '/settings/tags', 'main')
}

/** Scrolls whatever scrolls, from its top to its end, and looks at each step. */
async function through(page: Page, watch: Watch): Promise<void> {
  await watch.look()
  const boxes = await page.evaluate(() => {
    const scrolls = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (each) =>
        each.scrollHeight > each.clientHeight + 40 && /auto|scroll/.test(getComputedStyle(each).overflowY),
    )
    for (const [i, each] of scrolls.entries()) each.dataset.hostile = String(i)
    return scrolls.length
  })
  for (let box = 0; box < boxes; box++)
    for (let step = 0, more = true; more && step < 400; step++) {
      more = await page.evaluate(
        ({ box, step }) => {
          const each = document.querySelector<HTMLElement>(`[data-hostile="${box}"]`)
          if (!each) return false
          each.scrollTop = step === 0 ? 0 : each.scrollTop + each.clientHeight * 0.5
          return each.scrollTop + each.clientHeight < each.scrollHeight - 2
        },
        { box, step },
      )
      await page.evaluate(untilShown)
      await watch.look()
    }
}

/** A mail's frame comes, and gets its height, a moment after its place is near. */
async function untilShown(): Promise<void> {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  await painted()
  for (let n = 0; n < 200; n++) {
    const waiting = [...document.querySelectorAll('[class*="guess"], iframe[data-unmeasured]')]
    const isSeen = (place: Element) => {
      const { top, bottom } = place.getBoundingClientRect()
      return top < innerHeight && bottom > 0
    }
    if (!waiting.some(isSeen)) return
    await painted()
  }
}
