// One change to many conversations, and its undo. Each is changed or refused for itself; the undo puts back what
// nobody has changed since, field by field, and says where somebody has.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'
import { Refusal, refuse } from '#platform/errors/refuse.ts'
import { applyChange, wantedOf } from './apply-change.ts'
import {
  asCategory,
  type ConversationFields,
  type ConversationRow,
  changeLocked,
  refuseFinished,
} from './change.ts'
import type { BulkChange } from './conversations.contract.ts'
import { findLocked } from './find.ts'
import { tag, tagsOf, untag } from './tag.ts'
import type { Writer } from './verb-route.ts'

export interface Answer {
  number: number
  refusal: Refusal | null
}
const columns = [
  'team',
  'assignee',
  'priority',
  'category',
  'status_name',
  'snoozed_until',
  'waiting_since',
  'thanks_at',
  'spam_at',
  'spam_by',
  'trashed_at',
  'trashed_by',
] as const
type Column = (typeof columns)[number]
type Plain = string | null
/** What one conversation was and became; the newest event then, to tell later ones apart. */
interface Done {
  number: number
  fields: Partial<Record<Column, { before: Plain; after: Plain }>>
  tagged: string[]
  untagged: string[]
  event: string
}

export async function changeMany(
  tx: Db,
  { numbers, do: asked }: BulkChange,
  by: Writer,
): Promise<{ id: string; answers: Answer[] }> {
  const wanted = await wantedOf(tx, asked, by.agent, by.at)
  const done: Done[] = []
  const answers = await forEach(tx, numbers, async (number) => {
    const row = await findLocked(tx, by.agent, number)
    const tags = await tagsOf(tx, row.id)
    const next = await applyChange(tx, row, wanted, by.agent, by)
    done.push(await whatWasDone(tx, row, next, tags))
  })
  const { id } = await tx
    .insertInto('bulk_changes')
    .values({ agent: by.agent, at: by.at, undo: json(done) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, answers }
}

/** Undoes one's own bulk change. 409 `changed_since` on those where somebody was there in between. */
export async function undoMany(tx: Db, id: string, by: Writer): Promise<{ id: string; answers: Answer[] }> {
  const bulk = await tx
    .selectFrom('bulk_changes')
    .selectAll()
    .where('id', '=', id)
    .where('agent', '=', by.agent)
    .forUpdate()
    .executeTakeFirst()
  if (!bulk) return refuse('not_found')
  const done = bulk.undone_at ? [] : (bulk.undo as Done[])
  await tx.updateTable('bulk_changes').set({ undone_at: by.at }).where('id', '=', id).execute()
  const kept = new Set<number>()
  const answers = await forEach(
    tx,
    done.map(({ number }) => number),
    async (number) => {
      const row = await findLocked(tx, by.agent, number)
      refuseFinished(row)
      const whole = await putBack(tx, row, done.find((one) => one.number === number)!, by)
      if (!whole) kept.add(number)
    },
  )
  const told = answers.map((answer) =>
    kept.has(answer.number) ? { ...answer, refusal: new Refusal('changed_since') } : answer,
  )
  return { id, answers: told }
}

/** In the order of their numbers, so that two bulk changes never wait for each other; each on a savepoint of its own. */
async function forEach(
  tx: Db,
  numbers: number[],
  work: (number: number) => Promise<void>,
): Promise<Answer[]> {
  const answers = new Map<number, Answer>()
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    await sql`savepoint one`.execute(tx)
    try {
      await work(number)
      answers.set(number, { number, refusal: null })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await sql`rollback to savepoint one`.execute(tx)
      answers.set(number, { number, refusal: error })
    }
    await sql`release savepoint one`.execute(tx)
  }
  return [...new Set(numbers)].map((number) => answers.get(number)!)
}

const plain = (value: Date | string | null): Plain => (value instanceof Date ? value.toISOString() : value)

async function whatWasDone(tx: Db, was: ConversationRow, is: ConversationRow, tags: string[]): Promise<Done> {
  const fields: Done['fields'] = {}
  for (const column of columns) {
    const [before, after] = [plain(was[column]), plain(is[column])]
    if (before !== after) fields[column] = { before, after }
  }
  const tagsNow = await tagsOf(tx, was.id)
  const { rows } = await sql<{ event: string }>`
    select coalesce(max(id), 0) as event from events where conversation = ${was.id}`.execute(tx)
  return {
    number: Number(was.id),
    fields,
    tagged: tagsNow.filter((name) => !tags.includes(name)),
    untagged: tags.filter((name) => !tagsNow.includes(name)),
    event: rows[0]!.event,
  }
}

/** @returns false when something was left because somebody changed it in between */
async function putBack(tx: Db, row: ConversationRow, done: Done, by: Writer): Promise<boolean> {
  const touched = await touchedSince(tx, row.id, done.event)
  const changed = columns.filter((column) => done.fields[column])
  const back = changed.filter(
    (column) => plain(row[column]) === done.fields[column]!.after && !touched.has(column),
  )
  const was = (column: Column) => (back.includes(column) ? done.fields[column]!.before : plain(row[column]))
  const set = fieldsAs(row, was, back, by)
  let next = (await changeLocked(tx, row, { ...by, kind: 'change_undone', set })).row
  const tagsTouched = touched.has('tags')
  if (!tagsTouched) {
    for (const name of done.tagged) next = await untag(tx, next, name, by)
    for (const name of done.untagged) next = await tag(tx, next, name, by)
  }
  const tagsLeft = tagsTouched && done.tagged.length + done.untagged.length > 0
  return back.length === changed.length && !tagsLeft
}

function fieldsAs(
  row: ConversationRow,
  was: (column: Column) => Plain,
  back: Column[],
  by: Writer,
): ConversationFields {
  const time = (column: Column) => (was(column) === null ? null : new Date(was(column)!))
  const category = was('category') as ConversationRow['category']
  return {
    ...(back.includes('category') ? asCategory(row, category, by.actor, by.at) : {}),
    team: was('team'),
    assignee: was('assignee'),
    priority: was('priority') as ConversationRow['priority'],
    status_name: was('status_name'),
    snoozed_until: time('snoozed_until'),
    waiting_since: time('waiting_since'),
    thanks_at: time('thanks_at'),
    spam_at: time('spam_at'),
    spam_by: was('spam_by'),
    trashed_at: time('trashed_at'),
    trashed_by: was('trashed_by'),
  }
}

/** The fields that events after this one speak of. */
async function touchedSince(tx: Db, conversation: string, event: string): Promise<Set<string>> {
  const { rows } = await sql<{ field: string }>`
    select distinct jsonb_object_keys(after) as field from events
    where conversation = ${conversation} and id > ${event}`.execute(tx)
  return new Set(rows.map(({ field }) => field))
}
