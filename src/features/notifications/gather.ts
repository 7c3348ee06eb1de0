// Which agents should hear of which events, and why. Read from the events themselves: whoever becomes responsible is in
// `after.assignee` whatever the verb was called, so a new verb needs no line here.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { idsFor, keepPlan } from '#platform/db/kept-plans.ts'
import type { StreamEvent } from '#platform/events/events.ts'
import { type Kind, kinds } from '#shared/notifications/choices.ts'

export interface News {
  agent: string
  kind: Kind
  event: StreamEvent
  /** whose act it was: of a message that has left, its author's */
  actor: { kind: string; id: string | null }
}

/** Who is concerned with the conversation of an event. */
interface Concerned {
  event: string
  assignee: string | null
  followers: string[]
  members: string[]
  author_kind: string | null
  author_id: string | null
  quiet: boolean
}

const alwaysTelling = new Set(
  `delivery_failed delivery_bounced reply_held draft_taken message_sent comment_added consult_asked consult_answered
  consult_answered_late consult_unanswered consult_undelivered internal_from_customer which_consult`.split(
    /\s+/,
  ),
)
/** Whether an event may be news for anybody at all: `reasonsFor` answers nobody to all others. */
export function mayConcern({ kind, conversation, after }: StreamEvent): boolean {
  if (conversation === null) return false
  if (kind === 'message_received') return after.silent !== true && after.thanks !== true
  return alwaysTelling.has(kind) || Boolean(after.mentions || after.assignee || after.team)
}

/** What each event means for whom; one piece of news per person and event, never about one's own act. */
export async function gather(tx: Db, events: StreamEvent[]): Promise<News[]> {
  const about = events.filter(mayConcern)
  const concerned = await concernedBy(tx, about)
  return about.flatMap((event) => {
    const those = concerned.get(event.id)
    return those && !those.quiet ? newsOf(event, those) : []
  })
}

function newsOf(event: StreamEvent, those: Concerned): News[] {
  const author = { kind: those.author_kind ?? 'system', id: those.author_id }
  const actor = event.kind === 'message_sent' ? author : { kind: event.actor_kind, id: event.actor_id }
  const reasons = reasonsFor(event, those)
  const first = new Map<string, Kind>()
  for (const kind of kinds)
    for (const agent of reasons[kind] ?? [])
      if (!first.has(agent) && !(actor.kind === 'agent' && actor.id === agent)) first.set(agent, kind)
  return [...first].map(([agent, kind]) => ({ agent, kind, event, actor }))
}

function reasonsFor(event: StreamEvent, those: Concerned): Partial<Record<Kind, string[]>> {
  const { kind, before, after } = event
  const own = those.assignee ? [those.assignee] : []
  const author = those.author_kind === 'agent' && those.author_id ? [those.author_id] : own
  const mentioned = idsIn(after.mentions).filter((agent) => !idsIn(before.mentions).includes(agent))
  if (kind === 'delivery_failed' || kind === 'delivery_bounced') return { failed: author }
  if (kind === 'reply_held') return { held: author }
  const asker = idsIn([after.asker])
  if (kind === 'consult_asked') return { asked: idsIn(after.agents) }
  if (kind === 'consult_answered' || kind === 'consult_answered_late')
    return { answered: [...asker, ...own, ...those.followers] }
  if (kind === 'consult_unanswered') return { unanswered: [...asker, ...own] }
  if (kind === 'consult_undelivered') return { failed: asker }
  if (kind === 'internal_from_customer' || kind === 'which_consult') return { alarm: [...asker, ...own] }
  if (kind === 'draft_taken') return { taken: idsIn([after.agent]) }
  if (kind === 'message_received' && after.silent !== true && after.thanks !== true)
    return { customer_yours: own, customer_followed: those.followers }
  if (kind === 'message_sent') return { colleague: [...own, ...those.followers] }
  // An answer is told as one: by the consult's own event.
  if (kind === 'comment_added' && after.consult) return {}
  if (kind === 'comment_added') return { mentioned, colleague: [...own, ...those.followers] }
  const waits = after.team && !those.assignee
  return {
    mentioned,
    assigned: after.assignee === before.assignee ? [] : idsIn([after.assignee]),
    team: waits ? those.members : [],
  }
}

const idsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((id) => typeof id === 'string' || typeof id === 'number').map(String)
    : []

async function concernedBy(tx: Db, events: StreamEvent[]): Promise<Map<string, Concerned>> {
  if (events.length === 0) return new Map()
  const { rows } = await sql<Concerned>`${keepPlan}
    select e.id as event, m.author_kind, m.author_id,
      c.spam_at is not null or c.trashed_at is not null or c.merged_into is not null as quiet,
      case when later.known then later.assignee else c.assignee end as assignee,
      array(select agent from followers where conversation = c.id) as followers,
      array(select agent from team_members where team = c.team) as members
    from events e join conversations c on c.id = e.conversation left join messages m on m.id = e.item
      -- who was responsible then: what the next change of it says was before
      left join lateral (
        select true as known, (l.before->>'assignee')::bigint as assignee from events l
        where l.conversation = c.id and l.id > e.id and l.before ? 'assignee' order by l.id limit 1) later on true
    where e.id = any(${idsFor(events.map(({ id }) => id))})`.execute(tx)
  return new Map(rows.map((row) => [row.event, row]))
}
