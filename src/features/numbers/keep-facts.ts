// The facts behind the numbers, written as the stream tells of them: an answer that left, the first one to a
// customer's question, what was closed and came back. Nothing else writes these tables.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { StreamEvent } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'

export const factsFollower: Follower = {
  from: 'beginning',
  wants: ({ kind, item, before, after }) =>
    (kind === 'message_sent' && item !== null) ||
    (before.category !== undefined && after.category !== undefined),
  async react(tx, events) {
    const sent = events.filter(({ kind, item }) => kind === 'message_sent' && item !== null)
    if (sent.length > 0)
      await keepAnswers(
        tx,
        sent.map(({ item }) => item!),
        sent.map(({ at }) => at),
      )
    for (const event of events) await keepClosing(tx, event)
  },
}

/** A person's reply to what a customer wrote: neither automatic nor a forward nor the beginning of a conversation. */
const isAnswer = sql<boolean>`m.direction = 'out' and m.author_kind = 'agent' and m.author_id is not null
  and m.automatic is null
  and not exists (select from sendings s where s.message = m.id and s.kind <> 'reply')`
/** When the customer first asked, before a message `m`. */
const asked = sql`lateral (select min(i.at) as at from messages i where i.conversation = m.conversation
  and i.direction = 'in' and i.automatic is null and i.position < m.position) asked on asked.at is not null`

async function keepAnswers(tx: Db, items: string[], times: Date[]): Promise<void> {
  const sent = sql`(select item, min(at) as at
    from unnest(${items}::bigint[], ${times}::timestamptz[]) as told (item, at) group by item)`
  await sql`insert into answers (message, conversation, agent, at)
    select m.id, m.conversation, m.author_id, sent.at
    from ${sent} sent join messages m on m.id = sent.item join ${asked}
    where ${isAnswer} on conflict do nothing`.execute(tx)
  await keepFirstAnswers(tx, sql<boolean>`a.message = any(${items}::bigint[])`)
}

const keepFirstAnswers = (tx: Db, which: ReturnType<typeof sql<boolean>>) =>
  sql`insert into first_answers (conversation, agent, at, asked_at)
    select distinct on (a.conversation) a.conversation, a.agent, a.at, least(a.at, asked.at)
    from answers a join messages m on m.id = a.message join ${asked}
    where ${which} order by a.conversation, a.at, a.message on conflict do nothing`.execute(tx)

const isClosed = (category: unknown) => category === 'solved' || category === 'closed'

/** Whoever opens it again, it came back; only what the house does by itself (a mail that failed) says nothing. */
async function keepClosing(tx: Db, event: StreamEvent): Promise<void> {
  const { id, at, conversation, actor_kind, actor_id, before, after } = event
  if (conversation === null || before.category === undefined || after.category === undefined) return
  if (!isClosed(before.category) && isClosed(after.category) && actor_kind === 'agent' && actor_id)
    await sql`insert into closings (event, conversation, agent, at)
      values (${id}, ${conversation}, ${actor_id}, ${at}) on conflict do nothing`.execute(tx)
  if (isClosed(before.category) && !isClosed(after.category) && actor_kind !== 'system')
    await sql`update closings set reopened_at = ${at} where conversation = ${conversation}
      and reopened_at is null`.execute(tx)
}

/** The facts of conversations that were brought in beside the stream, from `first` on. */
export async function gatherFacts(db: Db, first: number): Promise<void> {
  await sql`insert into answers (message, conversation, agent, at)
    select m.id, m.conversation, m.author_id, sent.at from messages m
    join lateral (select min(d.settled_at) as at from deliveries d where d.message = m.id
      and d.state in ('sent', 'delivered', 'read')) sent on sent.at is not null
    join ${asked} where m.conversation >= ${first} and ${isAnswer} on conflict do nothing`.execute(db)
  await keepFirstAnswers(db, sql<boolean>`a.conversation >= ${first}`)
  await sql`insert into closings (event, conversation, agent, at)
    select e.id, e.conversation, e.actor_id, e.at from events e
    where e.conversation >= ${first} and e.kind = 'closed' and e.actor_kind = 'agent' and e.actor_id is not null
    on conflict do nothing`.execute(db)
}
