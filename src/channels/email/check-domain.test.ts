import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDomain } from './check-domain.ts'

const txt = (...records: string[]) => records.map((record) => [record])
const zone: Record<string, unknown[]> = {
  'MX good.example': [{ exchange: 'mx.good.example', priority: 10 }],
  'TXT good.example': txt('other', 'v=spf1 include:_spf.google.com ~all'),
  'TXT google._domainkey.good.example': txt('v=DKIM1; k=rsa; p=MIIB'),
  'TXT _dmarc.good.example': txt('v=DMARC1; p=reject'),
  'TXT other.example': txt('v=spf1 mx -all'),
  'TXT twice.example': txt('v=spf1 mx -all', 'v=spf1 a -all'),
  'TXT default._domainkey.other.example': txt('v=DKIM1; p='),
}
const resolve = async (name: string, type: string) => {
  if (name.endsWith('slow.example')) throw Object.assign(new Error('late'), { code: 'ETIMEOUT' })
  const found = zone[`${type} ${name}`]
  if (!found) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
  return found
}
const states = async (domain: string, server: string | null) =>
  (await checkDomain(resolve, `help@${domain}`, server)).records.map(({ state }) => state)
const paste = async (domain: string, server: string | null) =>
  (await checkDomain(resolve, `help@${domain}`, server)).records.flatMap((one) => one.paste ?? [])

test('a domain that publishes everything needs nothing; what stands above counts for a subdomain', async () => {
  assert.deepEqual(await states('good.example', 'smtp.gmail.com'), ['ok', 'ok', 'ok', 'ok'])
  assert.equal((await states('mail.good.example', null))[3], 'ok')
})
test('what is missing is told with the record to publish', async () => {
  assert.deepEqual(await states('bare.example', 'smtp.host.example'), [
    'missing',
    'missing',
    'unknown',
    'missing',
  ])
  assert.deepEqual(await paste('bare.example', 'smtp.host.example'), [
    'v=spf1 a:smtp.host.example ~all',
    'v=DMARC1; p=none; rua=mailto:help@bare.example',
  ])
})
test('a provider that the record does not name is added; two records are as good as none', async () => {
  assert.equal((await states('other.example', 'smtp.office365.com'))[1], 'lacks')
  assert.equal(
    (await paste('other.example', 'smtp.office365.com'))[0],
    'v=spf1 include:spf.protection.outlook.com mx -all',
  )
  assert.equal((await states('other.example', 'smtp.host.example'))[1], 'ok')
  assert.equal((await states('twice.example', null))[1], 'several')
})
test('a withdrawn key is none, and name servers that are silent say nothing', async () => {
  assert.equal((await states('other.example', null))[2], 'unknown')
  assert.deepEqual(await states('slow.example', null), ['unknown', 'unknown', 'unknown', 'unknown'])
})
