import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { Include } from './consults.contract.ts'

export interface ConsultRow {
  id: string
  conversation: string
  question: string
  asked_by: string
  asker: string
  state: 'open' | 'answered' | 'withdrawn'
  kind: 'agent' | 'team' | 'partner'
  whom: string
  /** who is asked */
  name: string
  include: Include
  answer_by: Date
  nudges: number
}
/** A mail about a consult, with the consult. */
export interface ConsultMail {
  id: string
  kind: 'question' | 'nudge'
  address: string
  name: string | null
  agent: string | null
  message_id: string
  at: Date
  sent_at: Date | null
  failed_at: Date | null
  consult: ConsultRow
}

const consult = sql`json_build_object('id', k.id::text, 'conversation', k.conversation::text, 'question', k.question::text,
  'asked_by', k.asked_by::text, 'asker', (select name from agents where id = k.asked_by), 'state', k.state, 'kind', k.kind,
  'whom', k.whom::text, 'include', k.include, 'answer_by', k.answer_by, 'nudges', k.nudges, 'name', case k.kind
    when 'agent' then (select name from agents where id = k.whom)
    when 'team' then (select name from teams where id = k.whom)
    else (select coalesce(name, address) from partners where id = k.whom) end)`

const dated = (row: ConsultRow): ConsultRow => ({ ...row, answer_by: new Date(row.answer_by) })

/** 404 where there is none. */
export async function lockConsult(tx: Db, id: string): Promise<ConsultRow> {
  const { rows } = await sql<{ consult: ConsultRow }>`
    select ${consult} as consult from consults k where k.id = ${id} for no key update of k`.execute(tx)
  return rows[0] ? dated(rows[0].consult) : refuse('not_found')
}

export async function consultOf(db: Db, id: string): Promise<ConsultRow | null> {
  const { rows } = await sql<{ consult: ConsultRow }>`
    select ${consult} as consult from consults k where k.id = ${id}`.execute(db)
  return rows[0] ? dated(rows[0].consult) : null
}

/** Mails by their ids, the newest first. */
export async function mailsById(db: Db, ids: string[]): Promise<ConsultMail[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ConsultMail>`
    select m.id, m.kind, m.address, m.name, m.agent, m.message_id, m.at, m.sent_at, m.failed_at, ${consult} as consult
    from consult_mails m join consults k on k.id = m.consult
    where m.id = any(${ids}::bigint[]) order by m.id desc`.execute(db)
  return rows.map((row) => ({ ...row, consult: dated(row.consult) }))
}

/**
 * What was asked of an address, where our last mail to it was internal: the open consults, or else the one asked last,
 * within a month.
 */
export async function lastAskedOf(db: Db, address: string, since: Date): Promise<ConsultRow[]> {
  const { rows } = await sql<{ consult: ConsultRow }>`
    with asked as (select consult, max(at) as at from consult_mails
      where address = ${address} and failed_at is null group by consult),
    visible as (select max(m.at) as at from deliveries d join messages m on m.id = d.message
      where lower(d.recipient) = ${address} and d.state in ('sent', 'delivered', 'read', 'uncertain'))
    select ${consult} as consult from asked a join consults k on k.id = a.consult
    where (select max(at) from asked) > coalesce((select at from visible), '-infinity')
      and (k.state = 'open' or a.at > ${since})
    order by k.state = 'open' desc, a.at desc, k.id desc limit 20`.execute(db)
  const consults = rows.map((row) => dated(row.consult))
  const open = consults.filter(({ state }) => state === 'open')
  return open.length > 0 ? open : consults.slice(0, 1)
}

/** The people a consult's question went to. */
export async function peopleOf(db: Db, consult: string) {
  return db
    .selectFrom('consult_mails')
    .select(['address', 'name', 'agent'])
    .distinct()
    .where('consult', '=', consult)
    .where('kind', '=', 'question')
    .where('failed_at', 'is', null)
    .execute()
}

/** What somebody has answered, the first first; not what was taken back. */
export const answersOf = (db: Db, consult: string, address: string) =>
  db
    .selectFrom('comments')
    .select(['at', 'text'])
    .where('consult', '=', consult)
    .where('author_address', '=', address)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
