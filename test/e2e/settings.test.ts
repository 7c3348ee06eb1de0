// From an empty desk to a working inbox, as a support lead does it without reading anything; then, on the phone and in
// Russian, a colleague leaves and his work goes on.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import { type Browsing, openBrowser, picture } from '../browser.ts'
import { adminAddress, adminPassword, startDesk } from '../desk.ts'
import { mailServers } from '../mail-servers.ts'
import { startSmtpSink } from '../smtp-sink.ts'
import { until } from '../until.ts'

const server = await mailServers[0]!.start()
after(() => server.stop())
const account = { username: 'support@example.com', password: 'secret' }
const sink = await startSmtpSink(account)
// The domain says itself where its servers are (RFC 6186); they stand on this machine.
const dnsZone = join(tmpdir(), `foyer-settings-${process.pid}.json`)
const srv = (port: number) => ({ SRV: [{ name: '127.0.0.1', port, priority: 1, weight: 1 }] })
const zone = {
  '_imap._tcp.example.com': srv(server.port),
  '_submission._tcp.example.com': srv(sink.port),
}
writeFileSync(dnsZone, JSON.stringify(zone))
const { visit, complaints }: Browsing = await openBrowser()
const house = await startDesk({ config: { dnsZone } })
const { url, admin } = house

async function arrive(options: Parameters<typeof visit>[0] = {}): Promise<Page> {
  const page = await visit({ expected: /401|422/, ...options })
  await page.goto(`${url}/settings/channels`)
  await page.locator('input[type=email]').fill(adminAddress)
  await page.locator('input[type=password]').fill(adminPassword)
  await page.keyboard.press('Enter')
  return page
}

test('from an empty desk to a working inbox', async (t) => {
  const page = await arrive()
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const dialog = page.locator('[role=dialog]:not([data-toast])')
  const settings = page.getByRole('navigation', { name: 'Settings' })
  const goTo = async (name: string) => {
    await settings.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  }
  /** A form in a dialog: opened, filled in, saved and gone. */
  const make = async (open: string, fields: Record<string, string>, save = 'Save') => {
    await button(open).click()
    for (const [label, words] of Object.entries(fields))
      await dialog.getByLabel(label, { exact: true }).fill(words)
    await dialog.getByRole('button', { name: save, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  await t.test('the servers are found, and each step of the way is told', async () => {
    await button('Connect').click()
    await page.getByRole('menuitem', { name: 'Mail', exact: true }).click()
    await dialog.getByRole('button', { name: 'Find the servers' }).click()
    await dialog.getByText('example.com names these servers itself.').waitFor()
    await dialog.getByLabel('Password').fill('wrong')
    await dialog.getByRole('button', { name: 'Save and try' }).click()
    await dialog.getByText('Name or password is not accepted').first().waitFor()
    await dialog.getByText('The inbox folder: not tried').waitFor()
  })

  await t.test('put right, a mail goes all the way round', async () => {
    await dialog.getByLabel('Password').fill(account.password)
    await dialog.getByRole('button', { name: 'Save and try' }).click()
    await dialog.getByText('The inbox folder opens').waitFor()
    await dialog.getByText('A mail to support@example.com has left').waitFor({ timeout: 30_000 })
    const own = sink.taken.find(({ to }) => to.includes('support@example.com'))
    server.deliver(account.username, own!.source)
    await dialog.getByText('It came back: mail goes all the way round').waitFor({ timeout: 30_000 })
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Works', { exact: true }).waitFor()
  })

  await t.test('the server whose check of senders is believed is named on the channel’s page', async () => {
    await page.getByRole('main').getByRole('listitem').first().getByRole('button').first().click()
    const field = dialog.getByLabel('Mail server whose check of senders is believed')
    await field.fill('mx.example.com; dmarc=pass')
    await dialog.getByRole('button', { name: 'Save and try' }).click()
    await dialog.getByText('This has the wrong form').waitFor()
    await field.fill('MX.example.com')
    await dialog.getByRole('button', { name: 'Save and try' }).click()
    await dialog.getByText('The inbox folder opens').waitFor()
    const { body } = await admin.get<{ items: { authServer: string }[] }>('/channels')
    assert.equal(body.items[0]?.authServer, 'mx.example.com')
    await picture(page, 'channel-auth-server')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  await t.test('a key for signing is made, published, and only then switched on', async () => {
    await page.getByRole('main').getByRole('listitem').first().getByRole('button').first().click()
    await dialog.getByRole('button', { name: 'Check what the domain says' }).click()
    await dialog.getByRole('button', { name: 'Make a key for signing here' }).click()
    await dialog.getByText('Your key is not published yet.').waitFor()
    const sign = dialog.getByRole('switch', { name: 'Sign replies with this key' })
    await sign.click()
    await page
      .getByText(/foyer\._domainkey\.example\.com is not published yet/)
      .first()
      .waitFor()
    assert.equal(await sign.isChecked(), false)
    await picture(page, 'channel-key')
    const { body } = await admin.get<{ items: { dkim: { name: string; record: string } }[] }>('/channels')
    const { name, record } = body.items[0]!.dkim
    writeFileSync(dnsZone, JSON.stringify({ ...zone, [name]: { TXT: [[record]] } }))
    await sign.click()
    await dialog.getByText('A key for signatures is published.').waitFor()
    assert.equal(await sign.isChecked(), true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  await t.test('signature, team, colleague, saved reply, tag, view and key are made', async () => {
    await goTo('Inboxes')
    await page.getByRole('button', { name: /^Support/ }).click()
    await dialog.getByLabel(/^Signature/).fill('The team of Example')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await goTo('Teams')
    await make('New team', { Name: 'Delivery' })
    await page.getByText('Delivery', { exact: true }).first().waitFor()
    await goTo('Agents')
    await make('Invite an agent', { Name: 'Vera', 'Mail address': 'vera@example.com' }, 'Send the invitation')
    await page.getByText('Invited', { exact: true }).waitFor()
    await goTo('Saved replies')
    await make('New saved reply', { Name: 'Thanks', Text: 'Thank you for writing.' })
    await page.getByText('Thanks', { exact: true }).first().waitFor()
    await goTo('Tags')
    await make('New tag', { Name: 'parcel' })
    await goTo('Views')
    await make('New view', { Name: 'Everything open' })
    await goTo('API keys')
    await button('New key').click()
    await dialog.getByLabel('Name').fill('Our shop')
    await dialog.getByRole('button', { name: 'Make the key' }).click()
    await dialog.getByText('Copy it now. It is not shown again.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Our shop', { exact: true }).waitFor()
  })

  await t.test('the profile asks before a change is lost', async () => {
    await goTo('Profile')
    await page.getByLabel('Name', { exact: true }).fill('Ada')
    await settings.getByRole('link', { name: 'Sessions' }).click()
    await button('Go on editing').click()
    await page.getByRole('combobox', { name: 'Undo after sending' }).click()
    await page.getByRole('option', { name: 'Send at once' }).click()
    await button('Save').click()
    await page.getByText('Saved.', { exact: true }).first().waitFor()
  })

  await t.test(
    'a customer’s mail comes in by the mailbox, and the answer leaves with the signature',
    async () => {
      server.deliver(
        account.username,
        'From: Anna Bell <anna@mail.example>\nTo: support@example.com\nSubject: Where is my parcel\nMessage-ID: <first@mail.example>\n\nHello, where is it?\n',
      )
      await page
        .getByRole('link', { name: /^Unassigned/ })
        .first()
        .click()
      await page.getByText('Where is my parcel').first().click()
      const reply = page.getByRole('textbox', { name: 'Text of the reply' })
      await reply.fill('It is on its way.')
      await button('Send and wait').click()
      await until(async () => sink.taken.some(({ to }) => to.includes('anna@mail.example')), {
        within: 30_000,
        what: 'the answer left',
      })
      const { source } = sink.taken.find(({ to }) => to.includes('anna@mail.example'))!
      assert.match(source, /It is on its way\.[\s\S]*The team of Example/)
    },
  )
  assert.deepEqual(complaints, [])
})

test('на телефоне: сотрудник уходит, его обращения берёт другой', async () => {
  const boris = await house.addAgent({ name: 'Борис', address: 'boris@example.com' })
  const vadim = await house.addAgent({ name: 'Вадим', address: 'vadim@example.com' })
  const { body } = await admin.post<Conversation>('/conversations', {
    inbox: house.inbox,
    customer: { address: 'pavel@mail.example' },
    subject: 'Чайник',
    direction: 'in',
    message: { text: 'Он течёт.' },
    assignee: boris.id,
  })
  await admin.patch('/me', { settings: { language: 'ru' } })
  const page = await arrive({
    locale: 'ru-RU',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const dialog = page.locator('[role=dialog]:not([data-toast])')
  await page.getByRole('link', { name: 'Сотрудники', exact: true }).click()
  await page.getByRole('button', { name: /^Борис/ }).click()
  await dialog.getByText('Убрать', { exact: true }).click()
  await dialog.getByText('Кому передать').waitFor()
  await dialog.getByRole('combobox', { name: /Кому передать/ }).click()
  await page.getByRole('option', { name: /Вадим/ }).click()
  await dialog.last().getByText('Убрать', { exact: true }).click()
  const holds = async () => (await admin.get<Conversation>(`/conversations/${body.number}`)).body.assignee?.id
  await until(async () => (await holds()) === vadim.id, { within: 30_000, what: 'handed over' })
  await dialog.first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Вадим/ }).waitFor()
  await page.getByRole('button', { name: /^Борис/ }).waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})
