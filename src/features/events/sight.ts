import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { StreamEvent } from '#platform/events/events.ts'

/** Who may be told about each of these conversations, by agent id; none of an unknown one. */
export type Audience = (db: Db, conversations: string[]) => Promise<Map<string, 'everybody' | Set<string>>>

/** Answers, for a few conversations, whether an agent may see one. */
export async function whoSees(db: Db, audience: Audience, conversations: string[]) {
  const may = conversations.length > 0 ? await audience(db, [...new Set(conversations)]) : new Map()
  return (conversation: string, agent: string): boolean => {
    const who = may.get(conversation)
    return who === 'everybody' || who?.has(agent) === true
  }
}

/** Whether an agent may know of an event. */
export type KnowsOf = (event: StreamEvent, agent: string) => boolean

/** Answers, for a batch of events, who may know of which. */
export async function whoKnows(db: Db, audience: Audience, events: StreamEvent[]): Promise<KnowsOf> {
  const conversations = new Set<string>()
  const inboxes = new Set<string>()
  const customers = new Set<string>()
  for (const event of events) {
    const inbox = inboxOf(event)
    const customer = customerOf(event)
    if (event.conversation) conversations.add(event.conversation)
    else if (inbox) inboxes.add(inbox)
    else if (customer) customers.add(customer)
  }
  const theirs = await conversationsOf(db, [...customers])
  for (const conversation of [...theirs.values()].flat()) conversations.add(conversation)
  const seesConversation = await whoSees(db, audience, [...conversations])
  const seesInbox = inboxes.size > 0 ? await inboxAudience(db, [...inboxes]) : () => false
  return (event, agent) => {
    if (isPersonal(event)) return event.after.agent === agent
    if (event.conversation) return seesConversation(event.conversation, agent)
    const inbox = inboxOf(event)
    if (inbox) return seesInbox(inbox, agent)
    const theirOwn = theirs.get(customerOf(event) ?? '')
    return theirOwn ? theirOwn.some((conversation) => seesConversation(conversation, agent)) : true
  }
}

/** News for one person: nobody else learns that there are any. */
const isPersonal = ({ kind }: StreamEvent) => /^(notifications|push_device)_/.test(kind)

/** The customer that an event without a conversation is about; his data are for those who see a conversation of his. */
function customerOf(event: StreamEvent): string | null {
  const customer = event.after.customer ?? event.before.customer
  return event.kind.startsWith('customer_') && typeof customer === 'string' ? customer : null
}

/** The conversations each of them takes part in; one who has none is everybody's and is left out. */
async function conversationsOf(db: Db, customers: string[]): Promise<Map<string, string[]>> {
  if (customers.length === 0) return new Map()
  const { rows } = await sql<{ customer: string; conversations: string[] }>`
    select customer, array_agg(conversation) as conversations from (
      select customer, id as conversation from conversations where customer = any(${customers}::bigint[])
      union select customer, conversation from participants where customer = any(${customers}::bigint[])) taking_part
    group by customer`.execute(db)
  return new Map(rows.map((row) => [row.customer, row.conversations]))
}

/** The inbox that an event without a conversation is about. */
function inboxOf(event: StreamEvent): string | null {
  const inbox = event.after.inbox ?? event.before.inbox
  if (inbox === undefined || inbox === null) return null
  return typeof inbox === 'object' ? String((inbox as { id?: unknown }).id ?? '') || null : String(inbox)
}

async function inboxAudience(db: Db, inboxes: string[]) {
  const { rows } = await sql<{ inbox: string; agent: string }>`
    select i.id as inbox, a.id as agent from inboxes i cross join agents a
    where i.id = any(${inboxes}::bigint[]) and a.removed_at is null and (
      a.role = 'admin' or i.seen_by = 'all' or exists (
        select from inbox_teams t join team_members m on m.team = t.team
        where t.inbox = i.id and m.agent = a.id))`.execute(db)
  const allowed = new Set(rows.map((row) => `${row.inbox} ${row.agent}`))
  return (inbox: string, agent: string) => allowed.has(`${inbox} ${agent}`)
}
