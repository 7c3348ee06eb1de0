import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDns } from './dns.ts'

const folder = mkdtempSync(join(tmpdir(), 'foyer-dns-'))
after(() => rmSync(folder, { recursive: true }))
const dnsZone = join(folder, 'zone.json')
writeFileSync(
  dnsZone,
  JSON.stringify({
    'example.test': {
      TXT: [['v=spf1 -all']],
      MX: [{ exchange: 'mx.example.test', priority: 10 }],
      A: ['127.0.0.1'],
    },
  }),
)

test('a zone file answers in the shapes of node:dns, whatever the case of the name', async () => {
  const { resolve, addresses } = openDns({ dnsZone })
  assert.deepEqual(await resolve('Example.TEST.', 'TXT'), [['v=spf1 -all']])
  assert.deepEqual(await resolve('example.test', 'MX'), [{ exchange: 'mx.example.test', priority: 10 }])
  assert.deepEqual(await addresses('example.test'), ['127.0.0.1'])
  assert.deepEqual(await addresses('[::1]'), ['::1'])
})

test('what the zone file does not name is not found, and nothing else is asked', async () => {
  const { resolve, addresses } = openDns({ dnsZone })
  await assert.rejects(resolve('localhost', 'A'), { code: 'ENOTFOUND' })
  await assert.rejects(resolve('example.test', 'AAAA'), { code: 'ENODATA' })
  assert.deepEqual(await addresses('nobody.test'), [])
})
