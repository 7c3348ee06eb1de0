// A conversation that an agent begins on a customer's behalf: a mail to him, or a call that is noted down.
import { mailLimits } from '#channels/email/limits.ts'
import { newMessageId } from '#channels/email/tokens.ts'
import type { NewConversation } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as customers from '#features/customers/customers.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { inboxByAddress } from '#features/inboxes/inboxes.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { hold, type Writing } from './send-reply.ts'
import { type Afterwards, afterwardsOf, doAfterwards } from './sending/afterwards.ts'
import { deskOf, senderOf, undoSeconds } from './sending/letter.ts'
import { everybody, mailRecipients, readMailbox } from './sending/recipients.ts'
import { picturesIn } from './sending/uploads.ts'
import { wayOut } from './sending/way-out.ts'
import { wordsOf } from './sending/words.ts'

/** @returns the conversation's id and its first message's */
export async function startConversation(
  tx: Db,
  writing: Writing,
  input: NewConversation,
): Promise<{ conversation: string; message: string }> {
  const { house, writer } = writing
  const at = house.clock.now()
  const by = { actor: { kind: 'agent' as const, id: writer }, at }
  const inbox = await inboxNamed(tx, input.inbox, writer)
  const person = await customerOf(tx, input, writer, by)
  const started = await conversations.start(tx, {
    ...by,
    inbox: inbox.id,
    channel: null,
    customer: person.id,
    customerAddress: person.address,
    origin: person.origin,
    subject: input.subject,
    team: input.team ? await conversations.teamNamed(tx, input.team, 'team') : inbox.team,
    assignee: input.assignee ? await conversations.agentNamed(tx, input.assignee, writer, 'assignee') : null,
    medium: input.medium ?? 'mail',
    topic: input.topic ?? null,
  })
  let row = started
  for (const tag of input.tags ?? []) row = await conversations.tag(tx, row, tag, by)
  const note = { ...input.message, medium: input.medium ?? 'mail' }
  if (input.direction === 'out' && note.medium === 'mail') {
    const message = await writeTo(tx, writing, row, note, await thenOf(tx, input, writer, at))
    return { conversation: row.id, message }
  }
  const noted = await noteDown(tx, writing, row, person, note, input)
  const { summary } = input.call ?? {}
  const then = summary || input.then ? await thenOf(tx, input, writer, at) : null
  if (summary) {
    const mail = { text: summary.text, to: addressFor(person), cc: [], medium: 'mail' }
    await writeTo(tx, writing, noted.row, mail, then!, 'call.summary.')
  } else if (then) await doAfterwards(tx, noted.row, then, writer, by)
  return { conversation: row.id, message: noted.message }
}

/** A mail waits for its answer, and so does what was said on the phone and is to be confirmed. */
const thenOf = (tx: Db, { then, call }: NewConversation, writer: string, now: Date) =>
  afterwardsOf(tx, then ?? (call?.summary ? { status: 'pending' } : undefined), writer, now)

const addressFor = ({ name, address }: Person) =>
  address
    ? [{ name, address }]
    : refuse('no_recipient', { errors: [{ field: 'call.summary', code: 'required' }] })

type Row = conversations.ConversationRow
type Note = NewConversation['message'] & { medium: string }
interface Person {
  id: string
  name: string | null
  address: string | null
  /** the number he called from, or was called at */
  phone: string | null
  /** whose address or number it was before he was joined into this customer */
  origin: string | null
}

/** What was said elsewhere: nothing leaves. */
async function noteDown(
  tx: Db,
  { house, writer }: Writing,
  row: Row,
  person: Person,
  note: Note,
  { direction, call }: NewConversation,
): Promise<{ message: string; row: Row }> {
  const now = house.clock.now()
  const { message, conversation } = await conversations.append(
    tx,
    row,
    {
      ...wordsOf(note, mailLimits, 'message.'),
      direction,
      medium: note.medium,
      channel: null,
      at: now,
      author:
        direction === 'in'
          ? {
              kind: 'customer',
              id: person.id,
              name: person.name,
              address: note.medium === 'phone' ? (person.phone ?? person.address) : person.address,
            }
          : { kind: 'agent', id: writer, name: null, address: null },
      subject: row.subject,
      from: direction === 'in' && person.address ? { name: person.name, address: person.address } : null,
      to: [],
      cc: [],
      attachments: [],
      uploads: note.attachments ?? [],
      uploader: writer,
      callSeconds: note.medium === 'phone' ? (call?.seconds ?? null) : null,
    },
    { now },
  )
  await conversations.read(tx, conversation, writer, { actor: { kind: 'agent', id: writer }, at: now })
  return { message, row: conversation }
}

async function writeTo(
  tx: Db,
  { house, writer }: Writing,
  row: Row,
  note: Note,
  then: Afterwards,
  field = 'message.',
): Promise<string> {
  const now = house.clock.now()
  const by = { actor: { kind: 'agent' as const, id: writer }, at: now }
  const addressed = await mailRecipients(tx, row, { ...note, cc: note.cc ?? [] }, field)
  const desk = await deskOf(tx, row.id, writer)
  const domain = desk.inbox.address.split('@').at(-1) ?? 'localhost'
  const uploads = note.attachments ?? []
  const { html, pictures } = picturesIn(house.secrets, note.html, uploads, domain)
  const holding = hold({}, undoSeconds(desk), now)
  const { channel } = await wayOut(tx, row.inbox, null)
  const { message, conversation } = await conversations.append(
    tx,
    row,
    {
      ...wordsOf({ text: note.text, html }, mailLimits, field),
      ...addressed,
      direction: 'out',
      medium: 'mail',
      channel,
      at: now,
      author: { ...by.actor, name: null, address: null },
      subject: row.subject,
      from: senderOf(desk),
      messageId: newMessageId(house.secrets, row.id, domain),
      undoUntil: holding.state === 'held' ? holding.dueAt : null,
      attachments: [],
      uploads,
      pictures,
    },
    { now },
  )
  const { row: next, done } = await doAfterwards(tx, conversation, then, writer, by)
  await deliveries.plan(tx, {
    ...holding,
    message,
    channel,
    kind: 'start',
    agent: writer,
    recipients: everybody(addressed),
    quote: 'none',
    done,
  })
  await conversations.read(tx, next, writer, by)
  return message
}

/** By id or address, among those the caller sees. */
async function inboxNamed(tx: Db, name: string, agent: string): Promise<{ id: string; team: string }> {
  const id = name.includes('@') ? await inboxByAddress(tx, name) : /^\d{1,18}$/.test(name) ? name : null
  const { inboxes } = await conversations.sightOf(tx, agent)
  const row = id
    ? await tx
        .selectFrom('inboxes')
        .select(['id', 'team'])
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
    : undefined
  return row && inboxes.includes(row.id) ? row : refuseField('inbox', 'unknown')
}

/** Somebody known by id, or by an address or phone number, made where he is new; a caller may be a name alone. */
async function customerOf(
  tx: Db,
  { customer: given, medium }: NewConversation,
  writer: string,
  by: conversations.By,
): Promise<Person> {
  const address = given.address ? addressIn(given.address) : null
  const phone = given.phone ? await phoneIn(tx, given.phone) : null
  const identities = [
    ...(address ? [{ kind: 'mail', value: address }] : []),
    ...(phone ? [{ kind: 'phone', value: phone }] : []),
  ].map((identity) => ({ ...identity, scope: '0', name: given.name ?? null, verified: false }))
  const id = given.id
    ? await conversations.customerNamed(tx, given.id, writer, 'customer.id')
    : await newcomer(tx, given.name, identities[0], medium, by)
  await customers.learn(tx, id, identities, by.at)
  const card = await customers.cardOf(tx, id)
  return {
    ...card,
    ...(address ? { address } : {}),
    phone,
    origin: await customers.originOf(tx, id, address ?? phone),
  }
}

async function newcomer(
  tx: Db,
  name: string | undefined,
  first: customers.Introduction | undefined,
  medium: NewConversation['medium'],
  by: conversations.By,
): Promise<string> {
  if (first) return (await customers.know(tx, [first], by.at))[0]!
  if (medium !== 'phone' || !name?.trim()) return refuseField('customer', 'required')
  return customers.addNamed(tx, name, by)
}

const addressIn = (text: string): string =>
  readMailbox(text)?.address ?? refuseField('customer.address', 'not_an_address')
const phoneIn = async (tx: Db, text: string): Promise<string> =>
  customers.phoneNumber(text, await customers.phoneCountry(tx)) ??
  refuseField('customer.phone', 'wrong_format')
