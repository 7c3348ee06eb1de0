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
  return (await changeLocked(tx, row, { ...by, kind, set })).row
}

function kindOf(was: Category, is: Category): string {
  if (was === is) return 'status_changed'
  if (is === 'solved') return 'closed'
  return was === 'solved' ? 'reopened' : 'status_changed'
}
