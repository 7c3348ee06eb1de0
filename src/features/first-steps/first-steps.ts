// The first steps on a new desk. Each is ticked by a fact that stands in the tables anyway; what is kept here is only
// that somebody does not want to see them any more, and who has looked at the list of keys. The front door.
import { sql } from 'kysely'
import { type Sight, seenBy } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { append, type By } from '#platform/events/events.ts'
import { clearSetting, readSetting, settleSetting } from '#platform/settings/settings.ts'
import type { FirstSteps, StepId } from './first-steps.contract.ts'

export interface Beginner {
  id: string
  admin: boolean
}

/** An administrator sets the desk up; an agent learns his way around. */
const stepsOf = {
  admin: [
    'test-mail',
    'answer',
    'customer-answers',
    'inbox',
    'invite',
    'signature',
    'saved-reply',
    'keyboard',
    'notifications',
  ],
  agent: ['answer', 'signature', 'keyboard', 'notifications'],
} satisfies Record<string, StepId[]>

/** The desk's for administrators, one's own for an agent. */
const dismissal = ({ id, admin }: Beginner) =>
  admin ? 'first_steps.dismissed' : `first_steps.dismissed:${id}`
const keyboard = ({ id }: Beginner) => `first_steps.keyboard:${id}`

interface Facts extends Record<StepId, boolean> {
  leaves: boolean
  conversation: string | null
  name: string | null
  address: string | null
}

export async function firstSteps(db: Db, me: Beginner, sight: Sight): Promise<FirstSteps> {
  // Put away they cost nothing.
  if ((await readSetting(db, dismissal(me))) !== null)
    return { steps: [], dismissed: true, inbox: null, leaves: false, conversation: null }
  const { leaves, conversation, name, address, ...done } = await factsOf(db, me, sight)
  const steps = stepsOf[me.admin ? 'admin' : 'agent'].map((id) => ({ id, done: done[id] }))
  return {
    steps,
    dismissed: false,
    inbox: name !== null && address !== null ? { name, address } : null,
    leaves,
    conversation: conversation === null ? null : Number(conversation),
  }
}

/** One question to the database; every part ends at the first row it finds. */
async function factsOf(db: Db, me: Beginner, sight: Sight): Promise<Facts> {
  const mine = me.admin ? sql`true` : sql`m.author_id = ${me.id}`
  const { rows } = await sql<Facts>`
    select
      exists (select from channels where removed_at is null and enabled_at is not null) as inbox,
      exists (select from messages where direction = 'in') as "test-mail",
      exists (select from messages m where m.direction = 'out' and m.author_kind = 'agent' and ${mine}) as answer,
      exists (select from messages m where m.direction = 'in' and exists (select from messages o
        where o.conversation = m.conversation and o.direction = 'out' and o.author_kind = 'agent'
          and o.position < m.position)) as "customer-answers",
      (select count(*) > 1 from agents where removed_at is null) as invite,
      exists (select from agents a where a.id = ${me.id} and a.settings ->> 'signature' is not null) as signature,
      exists (select from saved_replies where removed_at is null) as "saved-reply",
      exists (select from settings where key = ${keyboard(me)}) as keyboard,
      exists (select from push_devices where agent = ${me.id})
        or exists (select from agents a where a.id = ${me.id} and a.settings -> 'notifications' <> '{}') as notifications,
      exists (select from channels where removed_at is null and settings ->> 'smtp' is not null) as leaves,
      (select c.id::text from conversations c where c.bucket = 'open' and ${seenBy(sight)} order by c.id desc limit 1)
        as conversation,
      i.name, i.address
    from (select) nobody left join lateral (
      select name, address from inboxes where removed_at is null and id = any(${sight.inboxes}::bigint[])
      order by id limit 1) i on true`.execute(db)
  return rows[0]!
}

export async function dismiss(tx: Db, me: Beginner, by: By): Promise<void> {
  await settleSetting(tx, dismissal(me), { at: by.at.toISOString(), by: me.id })
  await tell(tx, me, by)
}

export async function bringBack(tx: Db, me: Beginner, by: By): Promise<void> {
  await clearSetting(tx, dismissal(me))
  await tell(tx, me, by)
}

/** He has seen the list of keys. */
export async function noteKeyboard(tx: Db, me: Beginner, by: By): Promise<void> {
  await settleSetting(tx, keyboard(me), { at: by.at.toISOString() })
  await tell(tx, me, by)
}

const tell = (tx: Db, { id }: Beginner, by: By) =>
  append(tx, { ...by, kind: 'first_steps_changed', after: { agent: id } })
