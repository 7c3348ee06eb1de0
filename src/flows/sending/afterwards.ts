// What a sent reply does to its conversation, and how an undo takes exactly that back.
import type { Then } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'

type Row = conversations.ConversationRow
type By = conversations.By
/** Checked when the reply is written, done then or, for "send later", when it leaves. */
export interface Afterwards {
  status: Awaited<ReturnType<typeof conversations.statusNamed>>
  /** undefined: as it is, or the writer where nobody is */
  assignee?: string | null
  snooze?: string
}
const fields = ['category', 'status_name', 'assignee', 'waiting_since', 'snoozed_until'] as const
type Field = (typeof fields)[number]
/** What was changed: as it was, and as it was left. */
export type Done = Partial<Record<Field, { before: string | null; after: string | null }>>

/** @param leaves when the reply leaves at the earliest: a snooze must end after it */
export async function afterwardsOf(
  tx: Db,
  then: Then | undefined,
  writer: string,
  leaves: Date,
): Promise<Afterwards> {
  const status = await conversations.statusNamed(tx, then?.status ?? 'pending', 'then.status')
  const { assignee, snooze } = then ?? {}
  if (snooze && new Date(snooze) <= leaves) refuseField('then.snooze', 'in_past')
  return {
    status,
    ...(assignee === undefined
      ? {}
      : {
          assignee: assignee && (await conversations.agentNamed(tx, assignee, writer, 'then.assignee')),
        }),
    ...(snooze ? { snooze } : {}),
  }
}

/**
 * What a later sending may still do when it leaves. Meanwhile the conversation may be finished, the snooze over, the
 * agent gone: the reply leaves all the same. @returns null: nothing
 */
export async function stillToDo(tx: Db, row: Row, then: Afterwards, now: Date): Promise<Afterwards | null> {
  if (row.merged_into || row.category === 'closed') return null
  const { assignee, snooze, status } = then
  const gone =
    assignee &&
    !(await tx
      .selectFrom('agents')
      .select('id')
      .where('id', '=', assignee)
      .where('removed_at', 'is', null)
      .executeTakeFirst())
  return {
    status,
    ...(assignee === undefined || gone ? {} : { assignee }),
    ...(snooze && new Date(snooze) > now ? { snooze } : {}),
  }
}

/** Status, assignee, snooze; and whoever waited has his answer. */
export async function doAfterwards(
  tx: Db,
  row: Row,
  then: Afterwards,
  writer: string,
  by: By,
): Promise<{ row: Row; done: Done }> {
  let next = row
  const assignee = then.assignee === undefined ? (row.assignee ?? writer) : then.assignee
  if (assignee !== row.assignee) next = await conversations.assign(tx, next, assignee, by)
  next = await setStatus(tx, next, then, by)
  if (then.snooze && next.category !== 'solved')
    next = await conversations.snooze(tx, next, new Date(then.snooze), by)
  return { row: next, done: differences(row, next) }
}

/** Waiting for the customer is what a reply means: told by the reply itself, so no line of its own. */
async function setStatus(tx: Db, row: Row, { status }: Afterwards, by: By): Promise<Row> {
  const quiet = status.category === 'pending' && status.name === null && row.category !== 'solved'
  const answered = { waiting_since: null }
  if (!quiet) {
    const next = await conversations.setStatus(tx, row, status, by)
    return (
      await conversations.changeLocked(tx, next, { ...by, kind: 'answered', set: answered, shown: false })
    ).row
  }
  const set = { ...conversations.asCategory(row, 'pending', by.actor, by.at), ...answered }
  return (await conversations.changeLocked(tx, row, { ...by, kind: 'answered', set, shown: false })).row
}

/** Puts back what nobody has changed since. */
export async function takeBack(tx: Db, row: Row, done: Done, by: By): Promise<Row> {
  const untouched = fields.filter((field) => done[field] && plain(row[field]) === done[field].after)
  if (untouched.length === 0) return row
  const was = (field: Field) => (untouched.includes(field) ? done[field]!.before : plain(row[field]))
  const statusBack = untouched.includes('category')
  const category = (was('category') ?? row.category) as Row['category']
  const set: conversations.ConversationFields = {
    ...(statusBack ? conversations.asCategory(row, category, by.actor, by.at) : {}),
    status_name: was('status_name'),
    assignee: was('assignee'),
    waiting_since: time(was('waiting_since')),
    snoozed_until: time(was('snoozed_until')),
  }
  return (await conversations.changeLocked(tx, row, { ...by, kind: 'reply_undone', set })).row
}

function differences(was: Row, is: Row): Done {
  const told = fields.filter((field) => plain(was[field]) !== plain(is[field]))
  return Object.fromEntries(
    told.map((field) => [field, { before: plain(was[field]), after: plain(is[field]) }]),
  )
}
const plain = (value: Date | string | null) => (value instanceof Date ? value.toISOString() : value)
const time = (value: string | null) => (value === null ? null : new Date(value))
