// What a desk has gathered after a while: prepared words, lists, what is known of customers, who is kept out, who is away.

import { sql } from 'kysely'
import { changeSettings, goAway } from '#features/agents/agents.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { block } from '#features/customers/block.ts'
import { changeCustomer } from '#features/customers/change-customer.ts'
import { changeCompany } from '#features/customers/companies.ts'
import type { CustomerInput } from '#features/customers/customers.contract.ts'
import { join } from '#features/customers/join.ts'
import { addNote } from '#features/customers/notes.ts'
import { changeInbox } from '#features/inboxes/inboxes.ts'
import { add as addSavedReply } from '#features/saved-replies/saved-replies.ts'
import { add as addView } from '#features/views/saved-views.ts'
import type { ViewInput } from '#features/views/views.contract.ts'
import { after, days } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import type { Cast, DemoAgent, TeamName } from './cast.ts'

/** Once: a desk that has one of the saved replies is furnished already. */
export async function furnish(house: House, cast: Cast): Promise<void> {
  const me = cast.agents.at(-1)!
  const furnished = await house.db
    .selectFrom('saved_replies')
    .select('id')
    .where('name', '=', savedReplies[0]!.name)
    .executeTakeFirst()
  if (furnished) return
  const by: By = { at: house.clock.now(), actor: { kind: 'agent', id: me.id } }
  await inTransaction(house.db, async (tx) => {
    await prepareReplies(tx, cast, me, by)
    for (const view of viewsOf(cast)) await addView(tx, { id: me.id, role: 'admin' }, view, by.at)
    await knowCustomers(tx, cast, by)
    for (const [address, reason] of blocked) await block(tx, address, by, reason)
    const away = { from: after(by.at, -days(1)), until: after(by.at, days(5)) }
    await goAway(tx, by, cast.agents[7]!.id, away)
    await changeSettings(tx, by, me.id, { signature: me.name })
    const wholesale = cast.inboxes.at(-1)!
    await changeInbox(tx, by, wholesale.id, {
      acknowledges: true,
      acknowledgement:
        'Thank you for writing to our wholesale desk. A person reads every mail; you hear from us within one working day.',
    })
  })
}

const savedReplies: { name: string; text: string; of: 'me' | 'all' | TeamName }[] = [
  {
    name: 'Return label',
    of: 'all',
    text: 'Hello {{customer.firstName|there}},\n\nyour return label is in your account under "Returns". Stick it over the old one and hand the parcel in wherever it suits you; it costs you nothing. The refund goes out the day it arrives.',
  },
  {
    name: 'Parcel is late',
    of: 'Delivery',
    text: 'Hello {{customer.firstName|there}},\n\nyour parcel is on its way but slower than promised, and I am sorry for that. I have asked the courier and write to you again tomorrow by noon, whatever they say.',
  },
  {
    name: 'Flickering lamp',
    of: 'all',
    text: 'Hello {{customer.firstName|there}},\n\nplease try two things: another socket, and the bulb turned in firmly. If it still flickers, send me the serial number from the underside and I exchange it.',
  },
  {
    name: 'Invoice to a company',
    of: 'all',
    text: 'Hello {{customer.firstName|there}},\n\ngladly. Which name, address and VAT number shall the invoice carry?',
  },
  {
    name: 'Где мой заказ',
    of: 'all',
    text: '{{customer.firstName|Здравствуйте}}, добрый день!\n\nЗаказ в пути. Курьер позвонит за полчаса до приезда; если время неудобно, просто ответьте на это письмо, и мы договоримся о другом дне.',
  },
  {
    name: 'Возврат денег',
    of: 'all',
    text: '{{customer.firstName|Здравствуйте}}, добрый день!\n\nВозврат отправили сегодня. Деньги придут на ту же карту в течение трёх рабочих дней, чек уже у вас в почте.',
  },
  {
    name: 'I ask our engineer',
    of: 'me',
    text: 'That is a good question, and I would rather not guess. I ask our engineer and write to you tomorrow at the latest.',
  },
]

async function prepareReplies(tx: Db, cast: Cast, me: DemoAgent, by: By) {
  for (const { name, text, of } of savedReplies) {
    const place =
      of === 'me' || of === 'all' ? { scope: of } : { scope: 'team' as const, team: cast.teams[of] }
    await addSavedReply(tx, { id: me.id, admin: true }, { name, text, ...place }, by)
  }
}

const viewsOf = (cast: Cast): ViewInput[] => [
  {
    name: 'Today first',
    scope: 'me',
    filters: { priority: 'urgent,high', status: 'new,open' },
    sort: 'waiting',
  },
  { name: 'Wholesale', scope: 'team', team: cast.teams.Support, filters: { tag: 'wholesale' } },
  { name: 'Warranty and returns', scope: 'all', filters: { tag: 'warranty,refund,возврат,exchange' } },
]

const blocked: [address: string, reason: string | null][] = [
  ['sales@leads.example', 'Sells lists of addresses, writes every week'],
  ['@draw.example', 'Lottery'],
]

/** What colleagues have found out about those who write. */
const known: {
  address: string
  input: CustomerInput
  company?: string
  notes?: [by: number, text: string][]
}[] = [
  {
    address: 'emily.chen@studio.example',
    company: 'Studio Chen & Baker',
    input: {
      vip: true,
      hint: 'Fits out restaurants. Always copies Tom; answer both.',
      timeZone: 'America/New_York',
      language: 'en',
    },
    notes: [[0, 'Ordered 140 lamps last year. Rings rather than writes when it is urgent.']],
  },
  {
    address: 'sabine.lindner@lindenhof.example',
    company: 'Hotel Lindenhof',
    input: {
      vip: true,
      hint: 'Goods entrance: weekdays 7 to 11, never on Wednesday.',
      phone: '+49 361 5550142',
      timeZone: 'Europe/Berlin',
    },
    notes: [[7, 'Renovates the second house in spring: another 48 rooms.']],
  },
  {
    address: 'p.gordeev@zavod.example',
    company: 'ООО «Завод»',
    input: {
      phone: '+7 912 345-67-89',
      language: 'ru',
      timeZone: 'Asia/Yekaterinburg',
    },
    notes: [[4, 'По договору платят раз в квартал, счета отправлять до десятого числа.']],
  },
  {
    address: 'kwame@mensah.example',
    company: 'Mensah Hotels',
    input: { language: 'en', timeZone: 'Africa/Accra' },
  },
  {
    address: 'k.ryabova@pochta.example',
    input: { hint: 'Пишите крупно и просто, ей 78 лет.', language: 'ru' },
  },
]

async function knowCustomers(tx: Db, cast: Cast, by: By) {
  const onlooker = { seesConversation: sql<boolean>`true`, everything: true }
  for (const { address, input, company, notes = [] } of known) {
    const customer = await customerAt(tx, address)
    if (!customer) continue
    await changeCustomer(tx, customer, input, onlooker, by)
    if (company) await nameCompany(tx, address.split('@')[1]!, company, by)
    for (const [writer, text] of notes)
      await addNote(tx, customer, text, { ...by, actor: { kind: 'agent', id: cast.agents[writer]!.id } })
  }
  const survivor = await customerAt(tx, 'juergen.gross@werkstatt.example')
  const other = await customerAt(tx, 'jgross@heim.example')
  if (survivor && other && survivor !== other) {
    await join(tx, { survivor, other, reason: 'by_hand' }, by)
    await mergeHis(tx, survivor, by)
  }
}

/** He wrote from both addresses about the same lamp. */
async function mergeHis(tx: Db, customer: string, by: By) {
  const rows = await tx
    .selectFrom('conversations')
    .selectAll()
    .where('customer', '=', customer)
    .where('category', '<>', 'closed')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const [older, newer] = rows
  if (older && newer) await conversations.merge(tx, newer, older, by)
}

/** The company that the desk has found by the domain of its people's addresses gets its real name. */
async function nameCompany(tx: Db, domain: string, name: string, by: By) {
  const found = await tx
    .selectFrom('company_domains')
    .select('company')
    .where('domain', '=', domain)
    .executeTakeFirst()
  if (found?.company) await changeCompany(tx, found.company, { name }, by)
}

async function customerAt(tx: Db, address: string): Promise<string | null> {
  const row = await tx
    .selectFrom('customer_identities')
    .select('customer')
    .where('kind', '=', 'mail')
    .where('value', '=', address)
    .executeTakeFirst()
  return row?.customer ?? null
}
