// Who wrote, and what he may bring about: with domains whose word about their mail is known.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { replyAddress } from '#channels/email/tokens.ts'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { startDesk } from '#test/desk.ts'
import { dkimRecord, signed } from '#test/dkim.ts'
import type { AtTheDoor } from './receiver.ts'

const folder = mkdtempSync(join(tmpdir(), 'foyer-zone-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const dnsZone = join(folder, 'zone.json')
const txt = (...records: string[]) => ({ TXT: records.map((record) => [record]) })
const honest = { ...txt('v=spf1 ip4:127.0.0.1 -all') }
const dmarc = txt('v=DMARC1; p=reject')
writeFileSync(
  dnsZone,
  JSON.stringify({
    'example.com': honest,
    '_dmarc.example.com': dmarc,
    'honest.example': honest,
    '_dmarc.honest.example': dmarc,
    'test._domainkey.honest.example': txt(dkimRecord),
    'strict.example': txt('v=spf1 -all'),
    '_dmarc.strict.example': dmarc,
  }),
)
const { desk, house, admin, inbox, team, addAgent } = await startDesk({ config: { dnsZone } })
await addAgent({ name: 'Ben', address: 'ben@example.com' })
const sales = (
  await admin.post<{ id: string }>('/inboxes', { name: 'Sales', address: 'sales@example.com', team })
).body.id

let count = 0
interface Letter {
  from: string
  to?: string
  cc?: string
  subject?: string
  answers?: string
  text?: string
  id?: string
  head?: string[]
}
/** Many newcomers with the same words would be held as one machine. */
const inLetters = (n: number) => String(n).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)
const letter = ({
  from,
  to = 'support@example.com',
  cc,
  subject = 'Lamp',
  answers,
  text = `It flickers, ${inLetters(count)}.`,
  id,
  head = [],
}: Letter) => {
  count += 1
  return [
    ...head,
    `From: ${from}`,
    `To: ${to}`,
    ...(cc ? [`Cc: ${cc}`] : []),
    `Subject: ${subject}`,
    `Message-ID: <${id ?? `l${count}@honest.example`}>`,
    ...(answers ? [`In-Reply-To: <${answers}>`] : []),
    `Date: Mon, 02 Mar 2026 10:${String(count).padStart(2, '0')}:00 +0000`,
    '',
    text,
    '',
  ].join('\r\n')
}
const address = (from: string) => /[^<\s]+@[^>\s]+/.exec(from)![0]

/** By SMTP from this machine, which the zone lets speak for some domains. */
async function arrive(raw: string, more: Partial<AtTheDoor> = {}) {
  const receipts = await desk.receiver.receive({
    door: 'smtp',
    channel: null,
    kind: null,
    inboxes: [inbox],
    sourceKey: null,
    raw: Buffer.from(raw),
    envelopeFrom: address(/^From: (.*)$/m.exec(raw)![1]!),
    envelopeTo: [],
    mode: 'live',
    remote: { address: '127.0.0.1', helo: 'mx.honest.example' },
    ...more,
  })
  const settled = await Promise.all(receipts.map((receipt) => receipt.settled))
  return settled.map((one) => ({ ...one!, number: Number(one!.conversation) }))
}
const byImap: Partial<AtTheDoor> = { door: 'imap', kind: 'mail', envelopeFrom: null, remote: null }
async function opened(number: number): Promise<OpenedConversation> {
  const { status, body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  assert.equal(status, 200)
  return body
}
const people = async (number: number) =>
  (await opened(number)).participants.map(({ address: who, confirmed }) => [who, confirmed])
const authors = async (number: number) =>
  (await opened(number)).items.flatMap((item) =>
    item.type === 'message' ? [`${item.author.kind} ${item.author.address}`] : [],
  )

test('whom a verified customer copies gets our replies; whom a forged or unknown sender copies waits for an agent', async () => {
  const cc = 'Eve <eve@elsewhere.example>'
  const [verified] = await arrive(letter({ from: 'anna@honest.example', cc }))
  assert.deepEqual(await people(verified!.number), [['eve@elsewhere.example', true]])
  const [forged] = await arrive(letter({ from: 'anna@strict.example', cc }))
  assert.deepEqual(await people(forged!.number), [['eve@elsewhere.example', false]])
  const [unknown] = await arrive(letter({ from: 'anna@nowhere.example', cc }))
  assert.deepEqual(await people(unknown!.number), [['eve@elsewhere.example', false]])
})

test('from a mailbox without a server that vouches, a signature decides who gets our replies', async () => {
  const cc = 'Eve <eve@elsewhere.example>'
  const [bare] = await arrive(letter({ from: 'anna@honest.example', cc }), byImap)
  assert.deepEqual(await people(bare!.number), [['eve@elsewhere.example', false]])
  const [proven] = await arrive(
    await signed(letter({ from: 'anna@honest.example', cc }), 'honest.example'),
    byImap,
  )
  assert.deepEqual(await people(proven!.number), [['eve@elsewhere.example', true]])
})

test('the named server’s word is believed, the topmost one alone; another’s is not', async () => {
  const cc = 'Eve <eve@elsewhere.example>'
  const by = (...head: string[]) =>
    arrive(letter({ from: 'anna@nowhere.example', cc, head }), {
      ...byImap,
      remote: { authServer: 'mx.provider.example' },
    })
  const verdicts = async (...head: string[]) => (await people((await by(...head))[0]!.number))[0]![1]
  const pass = 'Authentication-Results: mx.provider.example; spf=pass; dmarc=pass'
  const fail = 'Authentication-Results: mx.provider.example; dmarc=fail'
  assert.equal(await verdicts(pass), true)
  assert.equal(await verdicts(fail, pass), false)
  assert.equal(await verdicts('Authentication-Results: mx.evil.example; dmarc=pass', pass), false)
  assert.equal(await verdicts('Authentication-Results: mx.evil.example; dmarc=pass'), false)
})

test('an agent’s verified mail is an agent’s; from his address without proof it is a participant’s', async () => {
  const [first] = await arrive(letter({ from: 'anna@honest.example', id: 'q1@honest.example' }))
  await arrive(
    letter({
      from: 'Ben <ben@example.com>',
      to: 'support@example.com, anna@honest.example',
      answers: 'q1@honest.example',
      text: 'Send it back.',
    }),
  )
  await arrive(
    letter({ from: 'Ben <ben@example.com>', answers: 'q1@honest.example', text: 'Forged.' }),
    byImap,
  )
  assert.deepEqual(await authors(first!.number), [
    'customer anna@honest.example',
    'agent ben@example.com',
    'participant ben@example.com',
  ])
})

const forward =
  '---------- Forwarded message ---------\r\nFrom: Vera <vera@client.example>\r\nDate: Mon, 2 Mar 2026 at 09:00\r\nSubject: Broken\r\nTo: <ben@example.com>\r\n\r\nIt is broken.'
test('a mail that an agent forwards is a conversation of the customer who wrote it', async () => {
  const [started] = await arrive(
    letter({ from: 'Ben <ben@example.com>', subject: 'Fwd: Broken', text: forward }),
  )
  assert.equal((await opened(started!.number)).customer.address, 'vera@client.example')
  const [other] = await arrive(
    letter({ from: 'Carl <carl@honest.example>', subject: 'Fwd: Broken', text: forward }),
  )
  assert.equal((await opened(other!.number)).customer.address, 'carl@honest.example')
})

test('one mail to two of our inboxes is a conversation in each, and each shows the other', async () => {
  const raw = letter({ from: 'anna@honest.example', to: 'support@example.com, sales@example.com' })
  const [a, b] = await arrive(raw, { inboxes: [inbox, sales] })
  assert.deepEqual([a!.outcome, b!.outcome], ['started', 'started'])
  assert.notEqual(a!.number, b!.number)
  const kind = 'same_message'
  assert.deepEqual((await opened(a!.number)).links, [{ kind, number: b!.number }])
  assert.deepEqual((await opened(b!.number)).links, [{ kind, number: a!.number }])
})

test('a reply token leads home from To, Cc, Delivered-To or X-Original-To; from another address as a new participant’s', async () => {
  const [first] = await arrive(letter({ from: 'anna@honest.example' }))
  const token = replyAddress(
    house.secrets,
    'support@example.com',
    String(first!.number),
    'anna@honest.example',
  )!
  const ways: Partial<Letter>[] = [
    { to: token },
    { cc: token },
    { head: [`Delivered-To: ${token}`] },
    { head: [`X-Original-To: ${token}`] },
  ]
  for (const way of ways) {
    const [joined] = await arrive(
      letter({ from: 'anna@honest.example', subject: 'Something else', text: JSON.stringify(way), ...way }),
    )
    assert.deepEqual([joined!.outcome, joined!.number], ['threaded', first!.number], JSON.stringify(way))
  }
  const [stranger] = await arrive(
    letter({ from: 'otto@honest.example', to: token, text: 'I was given this.' }),
  )
  assert.equal(stranger!.number, first!.number)
  assert.deepEqual(await people(first!.number), [['otto@honest.example', false]])
  const forged = token.replace(/.{3}@/, 'aaa@')
  const [apart] = await arrive(letter({ from: 'anna@honest.example', to: forged, text: 'Guessed.' }))
  assert.notEqual(apart!.number, first!.number)
})

// What mail may bring about, by what is known of its sender. Only aligned mail acts; all mail is heard.
const said = (server: string, result: string) => [`Authentication-Results: ${server}; dmarc=${result}`]
const vouched = { remote: { authServer: 'mx.provider.example' } }
const known: Record<string, { head?: string[]; more: Partial<AtTheDoor>; verified: boolean | null }> = {
  aligned: { more: {}, verified: true },
  failed: { more: { remote: { address: '192.0.2.7', helo: 'mx.evil.example' } }, verified: false },
  unverified: { more: byImap, verified: null },
  temperror: {
    head: said('mx.provider.example', 'temperror'),
    more: { ...byImap, ...vouched },
    verified: null,
  },
  'told by a server nobody named': {
    head: said('mx.evil.example', 'pass'),
    more: { ...byImap, ...vouched },
    verified: null,
  },
  'told further down': {
    head: [...said('mx.evil.example', 'pass'), ...said('mx.provider.example', 'pass')],
    more: { ...byImap, ...vouched },
    verified: null,
  },
}
type Kind = (typeof known)[string] & { name: string }
const only = ({ verified }: Kind) => verified === true
const send = async (kind: Kind, one: Letter) =>
  (await arrive(letter({ ...one, head: [...(kind.head ?? []), ...(one.head ?? [])] }), kind.more))[0]!
const fresh = () => `p${count}@honest.example`
const may: [what: string, expected: (kind: Kind) => unknown, tried: (kind: Kind) => Promise<unknown>][] = [
  ['begin a conversation', () => 'started', async (kind) => (await send(kind, { from: fresh() })).outcome],
  [
    'be acknowledged',
    () => 1,
    async (kind) => {
      const { number } = await send(kind, { from: fresh() })
      await desk.settle()
      const { items } = await opened(number)
      return items.filter((item) => item.type === 'message' && item.direction === 'out').length
    },
  ],
  [
    'be kept with its verdict',
    ({ verified }) => verified,
    async (kind) => {
      const [item] = (await opened((await send(kind, { from: fresh() })).number)).items
      return item?.type === 'message' && item.verified
    },
  ],
  [
    'prove an address',
    only,
    async (kind) => {
      const from = fresh()
      await send(kind, { from })
      const identity = house.db.selectFrom('customer_identities').where('value', '=', from)
      return (await identity.select('verified_at').executeTakeFirst())?.verified_at != null
    },
  ],
  [
    'let others take part',
    only,
    async (kind) => {
      const { number } = await send(kind, { from: fresh(), cc: 'Eve <eve@elsewhere.example>' })
      return (await people(number))[0]![1]
    },
  ],
  [
    'write as an agent',
    (kind) => (only(kind) ? 'agent' : 'participant'),
    async (kind) => {
      const id = `asked${count}@honest.example`
      const [first] = await arrive(letter({ from: fresh(), id }))
      await send(kind, { from: 'Ben <ben@example.com>', answers: id, text: `As Ben, ${kind.name}` })
      const writers = await authors(first!.number)
      // Forged, it is not even let into the thread.
      return (writers.find((one) => one.includes('ben@')) ?? 'participant').split(' ')[0]
    },
  ],
  [
    'speak for a customer as an agent who forwards',
    (kind) => (only(kind) ? 'vera@client.example' : 'ben@example.com'),
    async (kind) => {
      const { number } = await send(kind, { from: 'ben@example.com', subject: 'Fwd: Broken', text: forward })
      return (await opened(number)).customer.address
    },
  ],
  [
    'join by a number anybody can guess, as an agent',
    only,
    async (kind) => {
      const [first] = await arrive(letter({ from: fresh() }))
      const joined = await send(kind, { from: 'ben@example.com', subject: `[#${first!.number}]` })
      return joined.number === first!.number
    },
  ],
  [
    'join by a number anybody can guess, as its customer',
    ({ verified }) => verified !== false,
    async (kind) => {
      const from = fresh()
      const [first] = await arrive(letter({ from }))
      return (await send(kind, { from, subject: `[#${first!.number}]` })).number === first!.number
    },
  ],
  [
    'become the customer by a token that went to somebody else',
    () => ['customer kept', 'not confirmed'],
    async (kind) => {
      const from = fresh()
      const [first] = await arrive(letter({ from }))
      const to = replyAddress(house.secrets, 'support@example.com', String(first!.number), from)!
      await send(kind, { from: 'mallory@honest.example', to })
      const { customer } = await opened(first!.number)
      const [mallory] = await people(first!.number)
      return [
        customer.address === from ? 'customer kept' : 'customer changed',
        mallory?.[1] === false ? 'not confirmed' : 'confirmed',
      ]
    },
  ],
]
for (const [what, expected, tried] of may)
  test(`who may ${what}`, async () => {
    if (what === 'be acknowledged') await admin.patch(`/inboxes/${inbox}`, { acknowledges: true })
    for (const [name, one] of Object.entries(known)) {
      const kind = { ...one, name }
      assert.deepEqual(await tried(kind), expected(kind), name)
    }
    if (what === 'be acknowledged') await admin.patch(`/inboxes/${inbox}`, { acknowledges: false })
  })
