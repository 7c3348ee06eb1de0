// Everything the house knows of the addresses and Message-IDs in mails, in one look.
import { sql } from 'kysely'
import { blockedBy } from '#features/customers/customers.ts'
import * as ledger from '#features/ledger/ledger.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { Receiving } from './receiving.ts'

export interface Around {
  /** the ledger row that brought the same message to this inbox before */
  first: string | null
  /** the inbox it came to */
  inbox: { address: string; team: string; acknowledges: boolean }
  /** which of its addresses are ours, and whose */
  ownInboxes: Map<string, string>
  agents: Map<string, { id: string; name: string }>
  customers: Map<string, string>
  /** whose addresses are proven to be theirs */
  verified: Set<string>
  /** somebody said that mail of its sender is to be kept apart */
  blocked: boolean
  /** somebody said that its sender is a site's form */
  byForm: boolean
  /** it was asked something by one of our internal mails */
  wasAsked: boolean
  /** the consult whose answer it refers to */
  answerOf: string | null
  /** conversations of this inbox that know one of its Message-IDs, by id */
  known: Map<string, { conversation: string; carried: boolean }>
  /** on a channel without threads: the conversation its sender has there, unless it is locked */
  ongoing: string | null
}

interface Seen {
  first: string | null
  inbox: Around['inbox']
  own: [string, string][] | null
  agents: [string, string, string][] | null
  customers: [string, string, boolean][] | null
  blocked: boolean
  by_form: boolean
  was_asked: boolean
  answer_of: string | null
  known: [string, string, boolean][] | null
  ongoing: string | null
}

const withoutPlus = (address: string) => address.replace(/\+[^@]*@/, '@')
const uniq = (values: string[]) => [...new Set(values)]

/** @returns lower-case addresses named anywhere in the mail */
function addressesIn({ message, entry }: Receiving): string[] {
  const people = [message.from, message.forwardedFrom, ...message.replyTo].flatMap((one) => one?.value ?? [])
  return uniq([...people, ...message.addressedTo, ...entry.envelopeTo].map((one) => one.toLowerCase())).slice(
    0,
    500,
  )
}

/** What a statement is asked about one message; `asked` in it. */
function questionOf(receiving: Receiving) {
  const { entry, message, wish } = receiving
  const addresses = addressesIn(receiving)
  return {
    ledger: entry.id,
    inbox: entry.inbox,
    channel: entry.channel,
    // A person's wish stands above what was there before.
    hex: wish ? null : Buffer.from(message.fingerprint).toString('hex'),
    kind: message.from?.kind ?? 'mail',
    scope: message.from?.scope ?? '0',
    sender: message.from?.value ?? '',
    writers: uniq([message.from, ...message.replyTo].flatMap((one) => (one ? blockedBy(one.value) : []))),
    addresses,
    ours: uniq([...addresses, ...addresses.map(withoutPlus)]),
    ids: uniq([message.messageId, ...message.references]),
  }
}

/** Looks for all messages at once, and notes that they are here. @returns in their order */
export async function lookAround(tx: Db, receivings: Receiving[]): Promise<Around[]> {
  if (receivings.length === 0) return []
  const { rows } = await sql<Seen>`${keepPlan}
    with asked as materialized (
      select a.*, decode(hex, 'hex') as fingerprint
      from jsonb_to_recordset(${JSON.stringify(receivings.map(questionOf))}::jsonb) as a(ledger bigint, inbox bigint,
        channel bigint, hex text, kind text, scope bigint, sender text, writers text[], addresses text[], ours text[], ids text[])
    ), ${ledger.noted}
    select ${ledger.recognised} as first,
      (select json_build_object('address', address, 'team', team::text, 'acknowledges', acknowledges)
        from inboxes where id = asked.inbox) as inbox,
      (select json_agg(json_build_array(address, inbox::text)) from own_addresses
        where address = any(asked.ours)) as own,
      (select json_agg(json_build_array(a.address, a.id::text, a.name)) from (
        select address, id, name from agents where address = any(asked.addresses) and removed_at is null
        union all select x.address, g.id, g.name from agent_addresses x join agents g on g.id = x.agent
        where x.address = any(asked.addresses) and g.removed_at is null) a) as agents,
      (select json_agg(json_build_array(i.value, i.customer::text, i.verified_at is not null))
        from customer_identities i
        where i.kind = asked.kind and i.scope = asked.scope and i.value = any(asked.addresses)) as customers,
      exists (select from blocked_addresses where address = any(asked.writers)) as blocked,
      exists (select from form_senders f where f.inbox = asked.inbox and f.address = asked.sender and f.is_form) as by_form,
      exists (select from consult_mails q where q.address = asked.sender) as was_asked,
      (select q.consult::text from consult_ids q where q.message_id = any(asked.ids) limit 1) as answer_of,
      (select json_agg(json_build_array(k.message_id, k.conversation::text, k.carried)) from known_message_ids k
        where k.inbox = asked.inbox and k.message_id = any(asked.ids)) as known,
      case when asked.scope <> 0 then (
        select c.id::text from customer_identities i join conversations c on c.customer = i.customer
        where i.kind = asked.kind and i.scope = asked.scope and i.value = asked.sender
          and (c.category <> 'closed' or c.merged_into is not null) and (c.channel = asked.channel or c.by_time and exists (
            select from messages m where m.conversation = c.id and m.channel = asked.channel and m.direction = 'in'))
        order by c.id desc limit 1) end as ongoing
    from asked order by array_position(${receivings.map(({ entry }) => entry.id)}::bigint[], ledger)`.execute(
    tx,
  )
  return receivings.map((receiving, n) => aroundOf(addressesIn(receiving), rows[n]!))
}

function aroundOf(addresses: string[], row: Seen): Around {
  const own = new Map(row.own ?? [])
  return {
    first: row.first,
    inbox: row.inbox,
    ownInboxes: new Map(
      addresses.flatMap((address): [string, string][] => {
        const inbox = own.get(address) ?? own.get(withoutPlus(address))
        return inbox ? [[address, inbox]] : []
      }),
    ),
    agents: new Map((row.agents ?? []).map(([address, id, name]) => [address, { id, name }])),
    customers: new Map((row.customers ?? []).map(([address, customer]) => [address, customer])),
    verified: new Set((row.customers ?? []).flatMap(([address, , verified]) => (verified ? [address] : []))),
    blocked: row.blocked,
    byForm: row.by_form,
    wasAsked: row.was_asked,
    answerOf: row.answer_of,
    known: new Map((row.known ?? []).map(([id, conversation, carried]) => [id, { conversation, carried }])),
    ongoing: row.ongoing,
  }
}
