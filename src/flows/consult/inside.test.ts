// Nothing internal reaches the customer. Random chains of mail, as people and their programs make them: answers, answers
// to all, forwards, broken or foreign references, another From, the customer copied, his answers to what he should never
// have seen, our replies with the whole history quoted. After each chain everything that was sent to somebody outside and
// everything the timeline shows as a message is searched for words, addresses and names that are internal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import type { AtTheDoor } from '../receive/receiver.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const house = await startDesk({ clock })
const { admin, desk, inbox } = house
const { db } = house.house
const runs = Number(process.env.FOYER_INSIDE_RUNS ?? 30)

/** Every internal word begins so, and every internal address and name ends so. */
const secret = 'zubrowka'
const domain = `${secret}.example`

type Step =
  | { do: 'ask'; who: number }
  | { do: 'answer'; who: number; how: How; copies: boolean }
  | { do: 'leak'; who: number; how: How }
  | { do: 'writes'; how: 'new' | 'reply' }
  | { do: 'reply' }
type How = 'id' | 'quote' | 'html' | 'token' | 'foreign' | 'nothing' | 'last'
const how = fc.constantFrom<How>('id', 'quote', 'html', 'token', 'foreign', 'nothing', 'last')
const who = fc.nat({ max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), who }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const), who, how, copies: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leak' as const), who, how }) },
  fc.record({ do: fc.constant('writes' as const), how: fc.constantFrom('new' as const, 'reply' as const) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reply' as const) }) },
)

let mails = 0
interface Letter {
  from: string
  cc?: string
  subject: string
  references?: string[]
  to?: string
  text: string
  html?: string
}
async function deliver({
  from,
  cc,
  subject,
  references = [],
  to = 'support@example.com',
  text,
  html,
}: Letter) {
  mails += 1
  const id = `<mail-${mails}@${from.split('@')[1]}>`
  const raw = [
    `From: ${from}`,
    `To: ${to}`,
    ...(cc ? [`Cc: ${cc}`] : []),
    `Subject: ${subject}`,
    `Message-ID: ${id}`,
    ...(references.length > 0
      ? [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join(' ')}`]
      : []),
    `Content-Type: text/${html ? 'html' : 'plain'}; charset=utf-8`,
    '',
    html ?? text,
  ].join('\r\n')
  const at: AtTheDoor = {
    door: 'smtp',
    channel: null,
    kind: null,
    inboxes: [inbox],
    sourceKey: null,
    raw: Buffer.from(raw),
    envelopeFrom: from,
    envelopeTo: [to],
    mode: 'live',
    remote: null,
  }
  const settled = await Promise.all((await desk.receiver.receive(at)).map((one) => one.settled))
  await desk.settle()
  return { id, ...settled[0]! }
}

/** The newest mail to an address, as the test mailbox kept it. */
async function newest(address: string) {
  await desk.settle()
  const row = await db
    .selectFrom('outbox_mails')
    .select(['source', 'text', 'html'])
    .where((where) => where(where.val(address), '=', where.fn.any('recipients')))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!row) return null
  const source = row.source.toString('utf8')
  const head = (name: string) =>
    new RegExp(`^${name}:\\s*([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(source)?.[1]
  return {
    id: head('Message-ID') ?? '',
    replyTo: /<([^>]+)>/.exec(head('Reply-To') ?? '')?.[1] ?? 'support@example.com',
    text: row.text,
    html: row.html ?? '',
  }
}
const quoted = (text: string) => text.replace(/^/gm, '> ')

let round = 0
async function walk(steps: Step[], plus: boolean) {
  round += 1
  await db.updateTable('inboxes').set({ plus_addressing: plus }).execute()
  const customer = `customer${round}@outside.example`
  const people = [0, 1].map((n) => `person${round}-${n}@${domain}`)
  const begun = await deliver({ from: customer, subject: `Matter ${round}`, text: `Please help ${round}` })
  const number = begun.conversation!
  /** the Message-IDs of answers, as mail programs of whoever got a copy know them */
  const answers: string[] = []
  const signs = async (n: number, sign: How): Promise<Partial<Letter>> => {
    const mail = await newest(people[n]!)
    if (!mail || sign === 'nothing') return {}
    if (sign === 'id') return { references: [mail.id] }
    if (sign === 'quote') return { text: quoted(mail.text) }
    if (sign === 'html') return { html: `<p>${secret} html</p><blockquote>${mail.html}</blockquote>` }
    if (sign === 'token') return plus ? { to: mail.replyTo } : {}
    if (sign === 'last') return answers.length > 0 ? { references: [answers.at(-1)!] } : {}
    return { references: ['<foreign@else.example>', mail.id, '<newest@else.example>'] }
  }
  for (const one of steps) {
    clock.set(new Date(clock.now().getTime() + 60_000))
    if (one.do === 'ask')
      await admin.post(`/conversations/${number}/consults`, {
        to: [{ address: people[one.who], name: `Vera ${secret}` }],
        text: `${secret} question ${mails}`,
        outside: true,
        anyway: true,
      })
    else if (one.do === 'answer') {
      if (!(await newest(people[one.who]!))) continue
      const sign = await signs(one.who, one.how)
      const text = `${secret} answer ${mails}\n\n${sign.text ?? ''}`
      const cc = one.copies ? { cc: customer } : {}
      const { id } = await deliver({
        from: people[one.who]!,
        subject: `about ${mails}`,
        ...cc,
        ...sign,
        text,
      })
      answers.push(id)
    } else if (one.do === 'leak') {
      // The customer got it somehow, and answers: with what he quotes.
      const mail = await newest(people[one.who]!)
      if (!mail) continue
      const sign = await signs(one.who, one.how)
      // Without any sign in it nobody could know; then he quotes nothing either.
      if (Object.keys(sign).length === 0) continue
      const text = `What is this? ${mails}\n\n${quoted(sign.text ?? `${secret} words`)}`
      await deliver({ from: customer, subject: `Re: ${mails}`, ...sign, text })
    } else if (one.do === 'writes') {
      const mail = one.how === 'reply' ? await newest(customer) : null
      await deliver({
        from: customer,
        subject: `Re: Matter ${round}`,
        references: mail ? [mail.id] : [begun.id],
        text: `Any news ${mails}?\n\n${mail ? quoted(mail.text) : ''}`,
      })
    } else {
      const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
      await admin.post(`/conversations/${number}/messages`, {
        text: `We are on it ${mails}`,
        lastSeen: body.lastItem,
        quote: 'all',
        sendAnyway: true,
      })
      clock.set(new Date(clock.now().getTime() + 60_000))
      await desk.settle()
    }
  }
  return { number, customer }
}

async function look(number: string, customer: string) {
  const sent = await db
    .selectFrom('outbox_mails')
    .select(['source', 'text', 'html'])
    .where((where) => where(where.val(customer), '=', where.fn.any('recipients')))
    .execute()
  for (const { source, text, html } of sent) {
    const whole = `${source.toString('utf8').replace(/=\r?\n/g, '')}\n${text}\n${html}`
    assert.ok(!whole.includes(secret), `sent to the customer:\n${whole}`)
    assert.ok(
      !/\[Internal\]|foyer-q-|\/answers\//.test(whole),
      'a mark of an internal mail was sent to the customer',
    )
  }
  const messages = await db
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversation')
    .select(['m.text', 'm.html', 'm.subject', 'm.sender', 'm.author_address', 'm.conversation'])
    .where((where) =>
      where.or([where('m.conversation', '=', number), where('c.customer_address', '=', customer)]),
    )
    .execute()
  for (const message of messages)
    assert.ok(!JSON.stringify(message).includes(secret), `shown as a message: ${JSON.stringify(message)}`)
  const known = await db
    .selectFrom('customers')
    .innerJoin('customer_identities as i', 'i.customer', 'customers.id')
    .select('i.value')
    .where('i.value', 'like', `%@${domain}`)
    .execute()
  assert.deepEqual(known, [], 'somebody asked became a customer')
}

test('whatever way mail takes, nothing internal is sent or shown to the customer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), fc.boolean(), async (steps, plus) => {
      const { number, customer } = await walk([{ do: 'ask', who: 0 }, ...steps], plus)
      await look(number, customer)
    }),
    { numRuns: runs },
  )
  const taken = await db
    .selectFrom('ledger')
    .select('outcome')
    .where('outcome', 'in', ['comment', 'quarantined'])
    .execute()
  for (const outcome of ['comment', 'quarantined'])
    assert.ok(
      taken.filter((row) => row.outcome === outcome).length > runs / 3,
      `hardly one was ${outcome}: the chains try nothing`,
    )
})
