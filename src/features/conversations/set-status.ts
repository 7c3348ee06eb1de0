import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { asCategory, type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'
import { type Category, categories } from './conversations.contract.ts'

export interface Status {
  category: Exclude<Category, 'closed'>
  /** the installation's own name for it */
  name: string | null
}

/** A status by category or by an installation's own name. `closed` comes with time only (see lock-old.ts). */
export async function statusNamed(db: Db, name: string, field = 'status'): Promise<Status> {
  if (name === 'closed') refuseField(field, 'not_allowed')
  if ((categories as readonly string[]).includes(name))
    return { category: name as Status['category'], name: null }
  const own = await db.selectFrom('statuses').selectAll().where('name', '=', name).executeTakeFirst()
  return own ?? refuseField(field, 'unknown')
}

/** One status to another; to and from Closed it is told as closing and reopening. */
export async function setStatus(
  tx: Db,
  row: ConversationRow,
  { category, name }: Status,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  if (row.category === category && row.status_name === name) return row
  const kind = kindOf(row.category, category)
  const set = { ...asCategory(row, category, by.actor, by.at), status_name: name }
  const waitsAgain = !row.waiting_since && !isSettled(category) && isSettled(row.category)
  if (waitsAgain) set.waiting_since = await unansweredSince(tx, row.id, by.at)
  return (await changeLocked(tx, row, { ...by, kind, set })).row
}

const isSettled = (category: Category) => category === 'pending' || category === 'solved'

/** Since when a person outside has been without our answer; null: ours were the last words. */
export async function unansweredSince(tx: Db, conversation: string, now: Date): Promise<Date | null> {
  const later = (column: 'at' | 'position', none: string) => sql<boolean>`m.${sql.raw(column)} > coalesce((
      select max(o.${sql.raw(column)}) from messages o
      where o.conversation = ${conversation} and o.direction = 'out' and o.automatic is null
        and (not exists (select from deliveries d where d.message = o.id)
          or exists (select from deliveries d where d.message = o.id and d.state <> 'cancelled'))), ${sql.lit(none)})`
  const { rows } = await sql<{ since: Date | null }>`
    select case when count(*) > 0 then least(min(m.at), ${now}) end as since from messages m
    where m.conversation = ${conversation} and m.direction = 'in' and m.automatic is null and case
      when (select by_time from conversations where id = ${conversation}) then ${later('at', '-infinity')}
      else ${later('position', '0')} end`.execute(tx)
  return rows[0]!.since
}

function kindOf(was: Category, is: Category): string {
  if (was === is) return 'status_changed'
  if (is === 'solved') return 'closed'
  return was === 'solved' ? 'reopened' : 'status_changed'
}
