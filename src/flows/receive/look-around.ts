// Everything the house knows of the addresses and Message-IDs in a mail, in one look.
import { sql } from 'kysely'
import * as ledger from '#features/ledger/ledger.ts'
import type { Receiving } from './receiving.ts'

export interface Around {
  /** the ledger row that brought the same message to this inbox before */
  first: string | null
  /** the inbox it came to */
  inbox: { address: string; team: string }
  /** which of its addresses are ours, and whose */
  ownInboxes: Map<string, string>
  agents: Map<string, { id: string; name: string }>
  customers: Map<string, string>
  /** somebody said that mail of its sender is to be kept apart */
  blocked: boolean
  /** conversations of this inbox that know one of its Message-IDs, by id */
  known: Map<string, { conversation: string; carried: boolean }>
  /** on a channel without threads: the conversation its sender has there, unless it is locked */
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

export async function lookAround(receiving: Receiving): Promise<Around> {
  const { tx, entry, message, wish } = receiving
  const noting = wish ? sql`` : sql`${ledger.recognising(entry.inbox, message.fingerprint, entry.id)},`
  const addresses = addressesIn(receiving)
  const { rows } = await sql<{
    first: string | null
    inbox: Around['inbox']
    own: [string, string][] | null
    agents: [string, string, string][] | null
    customers: [string, string][] | null
    blocked: boolean
    known: [string, string, boolean][] | null
    ongoing: string | null
  }>`
    with ${noting} asked as (select unnest(${addresses}::text[]) as address),
      sought as (select address from asked union select regexp_replace(address, '\\+[^@]*@', '@') from asked)
    select ${wish ? sql`null` : sql`(select ledger::text from recognised)`} as first,
      (select json_build_object('address', address, 'team', team::text) from inboxes where id = ${entry.inbox}) as inbox,
      (select json_agg(json_build_array(o.address, o.inbox::text)) from (
        select address, id as inbox from inboxes where removed_at is null
        union all select address, inbox from inbox_aliases) o join sought using (address)) as own,
      (select json_agg(json_build_array(a.address, a.id::text, a.name)) from (
        select address, id, name from agents where removed_at is null
        union all select x.address, g.id, g.name from agent_addresses x join agents g on g.id = x.agent
        where g.removed_at is null) a join asked using (address)) as agents,
      (select json_agg(json_build_array(i.value, i.customer::text)) from customer_identities i
        where i.kind = ${message.from?.kind ?? 'mail'} and i.scope = ${message.from?.scope ?? '0'}
          and i.value = any(${addresses}::text[])) as customers,
      exists (select from blocked_addresses
        where address = any(${[message.from, ...message.replyTo].flatMap((one) => one?.value ?? [])}::text[])) as blocked,
      (select json_agg(json_build_array(k.message_id, k.conversation::text, k.carried)) from known_message_ids k
        where k.inbox = ${entry.inbox}
          and k.message_id = any(${[message.messageId, ...message.references]}::text[])) as known,
      (select c.id::text from customer_identities i join conversations c on c.customer = i.customer
        where i.kind = ${message.from?.kind ?? 'mail'} and i.scope = ${message.from?.scope ?? '0'} and i.scope <> 0
          and i.value = ${message.from?.value ?? ''} and c.channel = ${entry.channel}
          and c.category <> 'closed' and c.merged_into is null
        order by c.id desc limit 1) as ongoing`.execute(tx)
  const row = rows[0]!
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
    customers: new Map(row.customers ?? []),
    blocked: row.blocked,
    known: new Map((row.known ?? []).map(([id, conversation, carried]) => [id, { conversation, carried }])),
    ongoing: row.ongoing,
  }
}
