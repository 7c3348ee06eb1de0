// The server goes away and comes back while somebody writes: nothing is lost, and what was begun is sent once.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openBrowser, writtenIn } from '#test/browser.ts'
import { cloneDatabase } from '#test/database.ts'
import { adminAddress, adminPassword, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { until } from '#test/until.ts'

const { visit, complaints } = await openBrowser()
const data = mkdtempSync(join(tmpdir(), 'foyer-restart-'))
after(() => rmSync(data, { recursive: true, force: true }))
const databaseUrl = await cloneDatabase()
const before = await startDesk({ config: { databaseUrl, data } })
const { url } = before

interface Opened {
  items: { type: string; direction?: string; text?: string; attachments?: { name: string }[] }[]
}

test('the server restarts while one types: every word and file is there, and Send works once', async () => {
  const { number } = await mailIn(before, { subject: 'The kettle leaks', text: 'It drips.' })
  // A part that could not be fetched complains with an empty stack.
  const page = await visit({ expected: /^$|40[19]|50\d|ERR_|WebSocket|Failed to fetch/ })
  await page.goto(`${url}/conversations/${number}`)
  await page.getByLabel('Mail address').fill(adminAddress)
  await page.getByLabel('Password').fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const send = page.getByRole('button', { name: 'Send and wait' })
  await send.waitFor()
  const box = page.getByRole('textbox', { name: 'Text of the reply' })
  await box.click()
  await page.keyboard.type('Please send it ')
  await page.getByText('Draft saved').waitFor()

  // Nothing more of the console can be had from now on, not even what is usually fetched while one reads.
  await page.route('**/assets/**', (route) => route.abort())
  await before.desk.close()
  const bar = page.getByRole('status').filter({ hasText: 'No connection' })
  await bar.waitFor({ timeout: 20_000 })
  await page.keyboard.type('back to us.')
  await page.setInputFiles('input[type=file]', {
    name: 'label.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('LABEL 42'),
  })
  await page.getByText('Goes up when the connection is back').waitFor()
  assert.equal(await writtenIn(box), 'Please send it back to us.')

  // A toast is wanted, and cannot be fetched: the page stays.
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  assert.equal(await writtenIn(box), 'Please send it back to us.')

  await page.unroute('**/assets/**')
  const port = Number(new URL(url).port)
  const again = await startDesk({ config: { databaseUrl, data, port }, setUp: false })
  await bar.waitFor({ state: 'hidden', timeout: 40_000 })
  const admin = await again.client(adminAddress)
  await page.getByRole('button', { name: 'Remove label.txt' }).waitFor({ timeout: 20_000 })
  interface Draft {
    text: string
    attachments: unknown[]
  }
  const draft = async () => (await admin.get<Draft | null>(`/conversations/${number}/draft`)).body
  await until(async () => (await draft())?.attachments.length === 1, { within: 20_000 })
  assert.equal((await draft())?.text.trim(), 'Please send it back to us.')

  await send.click()
  await page.getByText(/^Undo/).first().waitFor()
  const sent = await until(async () => {
    const { body } = await admin.get<Opened>(`/conversations/${number}`)
    const found = body.items.filter(({ type, direction }) => type === 'message' && direction === 'out')
    return found.length > 0 && found
  })
  assert.deepEqual(
    sent.map(({ text, attachments }) => [text, attachments?.map(({ name }) => name)]),
    [['Please send it back to us.', ['label.txt']]],
  )
  assert.deepEqual(complaints, [])
})
