import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Me } from '#features/agents/agents.contract.ts'
import { adminAddress, adminPassword, openClient, startDesk } from '../../../test/desk.ts'

test('a password opens a session whose cookie no script can read', async () => {
  const { url, stranger } = await startDesk()
  const { status, body, headers } = await stranger.post<{ me: Me }>('/sign-in', {
    address: ` ${adminAddress.toUpperCase()} `,
    password: adminPassword,
  })
  assert.equal(status, 200)
  assert.equal(body.me.address, adminAddress)
  const [set] = headers.getSetCookie()
  assert.match(set!, /^foyer\.session_token=.*; HttpOnly; SameSite=Lax$/)
  const browser = openClient(url, '', { cookie: set!.split(';')[0]!, origin: url })
  assert.equal((await browser.get('/me')).status, 200)
  assert.equal((await browser.post('/sign-out')).status, 204)
  assert.equal((await browser.get('/me')).status, 401)
})
