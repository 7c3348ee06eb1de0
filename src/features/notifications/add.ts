import { sql } from 'kysely'
import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { appendAll, system } from '#platform/events/events.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { type Choices, inTheMorning, media, onlyAvailable, wants } from '#shared/notifications/choices.ts'
import { nextMorning } from '#shared/notifications/next-morning.ts'
import { audienceOf } from '../conversations/conversations.ts'
import type { News } from './gather.ts'

/** So long the first news waits for others to go along in one mail. */
export const burst = minutes(10)
/** What is older when it is worked on (a desk that stood still, a demo being filled) rings no bell outside the page. */
const fresh = minutes(60)

interface Person {
  id: string
  choices: Choices
  /** IANA; null: as the house */
  zone: string | null
  away: boolean
  devices: string[]
}

/** Keeps the news of those who may see what it is about and want to hear of it, and starts what carries it to them. */
export async function add(tx: Db, news: News[], now: Date): Promise<void> {
  const people = await peopleOf(tx, [...new Set(news.map(({ agent }) => agent))], now)
  const audience = await audienceOf(tx, [...new Set(news.map(({ event }) => event.conversation!))])
  const wanted = news.filter(({ agent, kind, event }) => {
    const sees = audience.get(event.conversation!)
    const person = people.get(agent)
    return (
      person &&
      (sees === 'everybody' || sees?.has(agent)) &&
      media.some((medium) => wants(person.choices, kind, medium))
    )
  })
  const told = new Set<string>()
  for (const one of wanted) {
    const id = await insert(tx, one)
    if (!id) continue
    told.add(one.agent)
    if (one.event.at >= after(now, -fresh)) await carry(tx, id, one, people.get(one.agent)!, now)
  }
  await appendAll(
    tx,
    [...told].map((agent) => ({ at: now, actor: system, kind: 'notifications_added', after: { agent } })),
  )
}

async function peopleOf(tx: Db, agents: string[], now: Date): Promise<Map<string, Person>> {
  if (agents.length === 0) return new Map()
  const { rows } = await sql<Omit<Person, 'choices'> & { choices: Choices | null }>`
    select a.id, a.settings->'notifications' as choices, a.settings->>'timeZone' as zone,
      a.away_from is not null and a.away_from <= ${now} and coalesce(a.away_until, 'infinity') > ${now} as away,
      array(select id from push_devices d where d.agent = a.id and d.ended_at is null) as devices
    from agents a where a.id = any(${agents}::bigint[]) and a.removed_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.id, { ...row, choices: row.choices ?? {} }]))
}

/** @returns its id, or null when he has been told already */
async function insert(tx: Db, { agent, kind, event, actor }: News): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into notifications (agent, conversation, kind, event, item, position, actor_kind, actor_id, at)
    select ${agent}, e.conversation, ${kind}, e.id, e.item,
      coalesce(e.position, (e.after->>'position')::int, 0), ${actor.kind}, ${actor.id}, e.at
    from events e where e.id = ${event.id}
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id ?? null
}

async function carry(tx: Db, id: string, { agent, kind }: News, person: Person, now: Date): Promise<void> {
  const reachable = !(person.away && onlyAvailable(person.choices))
  if (reachable && wants(person.choices, kind, 'browser'))
    for (const device of person.devices) await addJob(tx, 'push_notification', { notification: id, device })
  if (wants(person.choices, kind, 'mail'))
    await tx
      .insertInto('notification_mails')
      .values({ agent, due_at: mailTime(person, now) })
      .onConflict((waits) => waits.doNothing())
      .execute()
}

/** Ten minutes after the first news, or in the morning by his clock, as he likes. */
function mailTime({ choices, zone }: Person, now: Date): Date {
  if (!inTheMorning(choices)) return after(now, burst)
  return nextMorning(now, zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone)
}
