// Who gets a message: the customer and everybody who was confirmed, or whom the writer names. Never ourselves.
import { sql } from 'kysely'
import type { ChannelLimits } from '#channels/channel.ts'
import { normalAddress, readMailboxes } from '#channels/email/read/addresses.ts'
import type { MailboxInput } from '#features/conversations/conversations.contract.ts'
import type { ConversationRow } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { type FieldError, Refusal, refuse } from '#platform/errors/refuse.ts'
import type { WayOut } from './way-out.ts'

export interface Mailbox {
  name: string | null
  address: string
}
export interface Addressed {
  to: Mailbox[]
  cc: Mailbox[]
  bcc: Mailbox[]
}
interface Named {
  to?: MailboxInput[]
  cc?: MailboxInput[]
  bcc?: MailboxInput[]
}

/** Where a channel carries no copies a message goes to the conversation's customer, by the channel's own id. */
export async function recipientsOn(
  tx: Db,
  row: ConversationRow,
  way: WayOut,
  named: Named,
  limits: ChannelLimits,
): Promise<Addressed> {
  if (limits.copies) return mailRecipients(tx, row, named)
  const copies = (['to', 'cc', 'bcc'] as const).filter((field) => named[field]?.length)
  if (copies.length > 0)
    refuse('channel_limit', { errors: copies.map((field) => ({ field, code: 'not_allowed' })) })
  const { name, value } =
    (await identityOn(tx, row, way)) ??
    refuse('no_recipient', { errors: [{ field: 'to', code: 'required' }] })
  return { to: [{ name, address: value }], cc: [], bcc: [] }
}

const identityOn = (tx: Db, { customer }: ConversationRow, { kind, channel }: WayOut) =>
  tx
    .selectFrom('customer_identities as i')
    .innerJoin('customers as c', 'c.id', 'i.customer')
    .select(['c.name', 'i.value'])
    .where('i.customer', '=', customer)
    .where('i.kind', '=', kind)
    .where('i.scope', '=', channel ?? '0')
    .orderBy('i.id', 'desc')
    .executeTakeFirst()

/** @throws Refusal 422 `invalid` naming every field that is no address (`to.0`), `no_recipient` when nobody is left */
export async function mailRecipients(
  tx: Db,
  row: ConversationRow,
  named: Named,
  at = '',
): Promise<Addressed> {
  const given = readNamed(named, at)
  const { customer, confirmed, ours } = await peopleOf(tx, row)
  const everybody: Addressed = {
    to: given.to ?? customer,
    cc: given.cc ?? confirmed,
    bcc: given.bcc ?? [],
  }
  return withoutOurs(everybody, new Set(ours))
}

/** Addresses a caller has written, read; undefined stays undefined. @param at where the fields stand in the body */
export function readNamed(named: Named, at = ''): Partial<Addressed> {
  const errors: FieldError[] = []
  const field = (name: keyof Named) =>
    named[name]?.flatMap((input, i) => {
      const mailbox = readMailbox(input)
      if (mailbox) return [mailbox]
      errors.push({ field: `${at}${name}.${i}`, code: 'not_an_address' })
      return []
    })
  const read = { to: field('to'), cc: field('cc'), bcc: field('bcc') }
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  return read
}

export function readMailbox(input: MailboxInput): Mailbox | null {
  const found = typeof input === 'string' ? oneMailbox(input) : input
  const address = found && normalAddress(found.address)?.address
  if (!address || !/^[^\s@"(),:;<>[\\\]]+@[^\s@]+\.[^\s@.]+$/u.test(address)) return null
  return { name: found.name || null, address }
}
function oneMailbox(text: string): Mailbox | null {
  const found = readMailboxes(text)
  return found.length === 1 && found[0] ? found[0] : null
}

/** Each address once, at its first place; ours, with or without a token, nowhere. */
function withoutOurs(all: Addressed, own: Set<string>): Addressed {
  const met = new Set<string>()
  const fresh = ({ address }: Mailbox) => {
    const key = address.toLowerCase()
    if (met.has(key) || own.has(key) || own.has(key.replace(/\+[^@]*@/, '@'))) return false
    met.add(key)
    return true
  }
  const left = { to: all.to.filter(fresh), cc: all.cc.filter(fresh), bcc: all.bcc.filter(fresh) }
  if (met.size === 0) throw new Refusal('no_recipient', { errors: [{ field: 'to', code: 'required' }] })
  return left
}

interface People {
  customer: Mailbox[]
  /** whom the customer or an agent addressed */
  confirmed: Mailbox[]
  /** every address of every inbox */
  ours: string[]
}

/** Whoever a message may go to, in one statement. */
async function peopleOf(tx: Db, { id, customer, customer_address }: ConversationRow): Promise<People> {
  const { rows } = await sql<
    { name: string | null; known: string | null } & Omit<People, 'customer'>
  >`${keepPlan}
    select c.name,
      (select value from customer_identities i where customer = c.id and kind = 'mail'
        order by i.id is distinct from c.primary_identity, i.id limit 1) as known,
      coalesce((select json_agg(json_build_object('name', p.name, 'address', p.address) order by p.added_at)
        from participants p where p.conversation = ${id} and p.confirmed_at is not null and p.removed_at is null),
        '[]') as confirmed,
      array(select address from own_addresses) as ours
    from customers c where c.id = ${customer}`.execute(tx)
  const { name = null, known = null, confirmed = [], ours = [] } = rows[0] ?? {}
  const address = customer_address?.includes('@') ? customer_address : known
  return { customer: address ? [{ name, address }] : [], confirmed, ours }
}

/** Everyone a message goes to, as the server is told. */
export const everybody = ({ to, cc, bcc }: Addressed) => [
  ...to.map(({ address }) => ({ address, role: 'to' as const })),
  ...cc.map(({ address }) => ({ address, role: 'cc' as const })),
  ...bcc.map(({ address }) => ({ address, role: 'bcc' as const })),
]
