// A mailbox whose provider takes no passwords, connected in a browser: registered, signed in at, tried, and what is said
// when its owner refuses.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Channel } from '#features/connections/connections.contract.ts'
import { openBrowser, picture } from '../browser.ts'
import { adminAddress, adminPassword, startDesk } from '../desk.ts'
import { startImapServer } from '../imap-server.ts'
import { startOauthServer } from '../oauth-provider.ts'
import { startSmtpSink } from '../smtp-sink.ts'

const provider = await startOauthServer()
const imap = await startImapServer({ tokens: provider.tokens })
after(() => imap.stop())
const sink = await startSmtpSink({ username: 'support@example.com', tokens: provider.tokens })
const { visit, complaints } = await openBrowser()
const { url, admin, house } = await startDesk()
house.url = url

test('a mailbox is connected by signing in at its provider', async (t) => {
  const page = await visit({ expected: /401|422/ })
  const dialog = page.locator('[role=dialog]:not([data-toast])')
  await page.goto(`${url}/settings/channels`)
  await page.locator('input[type=email]').fill(adminAddress)
  await page.locator('input[type=password]').fill(adminPassword)
  await page.keyboard.press('Enter')

  await t.test('the desk is registered there first; what is missing is said at its field', async () => {
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Mail', exact: true }).click()
    await dialog.getByRole('button', { name: 'Enter the servers by hand' }).click()
    await dialog.getByRole('combobox', { name: 'Foyer gets in by' }).click()
    await page.getByRole('option', { name: /OAuth/ }).click()
    await dialog.getByText(`${url}/settings/channels`).waitFor()
    for (const [group, port] of [
      [/IMAP/, imap.port],
      [/SMTP/, sink.port],
    ] as const) {
      const side = dialog.getByRole('group', { name: group })
      if (!(await side.getByRole('switch').isChecked())) await side.getByRole('switch').click()
      await side.getByLabel('Server', { exact: true }).fill('127.0.0.1')
      await side.getByLabel('Port').fill(String(port))
      await side.getByRole('combobox').click()
      await page.getByRole('option', { name: /None|No encryption/ }).click()
      await side.getByLabel('User name').fill('support@example.com')
      assert.equal(await side.getByLabel('Password').count(), 0)
    }
    await dialog.getByLabel('Client ID').fill(provider.client.clientId)
    await dialog.getByLabel('Client secret').fill(provider.client.clientSecret)
    await dialog.getByLabel('Where people sign in').fill(provider.authorizationUrl)
    await dialog.getByLabel('Where tokens are handed out').fill('http://provider.example/token')
    await dialog.getByLabel('Scope').fill('mail')
    await dialog.getByRole('button', { name: 'Save and sign in' }).click()
    await dialog.getByText('begins with https://').waitFor()
    await picture(page, 'channel-register')
  })

  await t.test('back from the provider both ways are tried and work', async () => {
    await dialog.getByLabel('Where tokens are handed out').fill(provider.tokenUrl)
    await dialog.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByText('Signed in.', { exact: true }).first().waitFor()
    await dialog.getByText('The inbox folder opens').waitFor()
    assert.equal(new URL(page.url()).search, '', 'the code does not stay in the address')
    const { body } = await admin.get<{ items: Channel[] }>('/channels')
    assert.ok(body.items[0]?.oauth?.signedInAt)
    await picture(page, 'channel-signed-in')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  await t.test('an owner who refuses is told of, and the channel stays as it is', async () => {
    await page.goto(`${url}/settings/channels?error=access_denied&error_description=Not+today&state=x`)
    await page.getByText('Nobody was signed in. The provider said: Not today').first().waitFor()
    await page.getByText('Works', { exact: true }).waitFor()
  })
  assert.deepEqual(complaints, [])
})
