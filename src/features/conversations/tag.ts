// Tag sets merge: putting one never takes another away. Tags stay editable on locked conversations.
import type { Db } from '#platform/db/db.ts'
import { ensure, named } from '../tags/tags.ts'
import { type By, type ConversationRow, changeLocked, refuseMerged } from './change.ts'

export async function tag(tx: Db, row: ConversationRow, name: string, by: By): Promise<ConversationRow> {
  refuseMerged(row)
  const { id } = await ensure(tx, name, by.at)
  const before = await tagsOf(tx, row.id)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('conversation_tags')
    .values({ conversation: row.id, tag: id, tagged_at: by.at })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows ? tell(tx, row, 'tagged', before, by) : row
}

export async function untag(tx: Db, row: ConversationRow, name: string, by: By): Promise<ConversationRow> {
  refuseMerged(row)
  const known = await named(tx, name)
  if (!known) return row
  const before = await tagsOf(tx, row.id)
  const { numDeletedRows } = await tx
    .deleteFrom('conversation_tags')
    .where('conversation', '=', row.id)
    .where('tag', '=', known.id)
    .executeTakeFirst()
  return numDeletedRows ? tell(tx, row, 'untagged', before, by) : row
}

async function tell(tx: Db, row: ConversationRow, kind: string, before: string[], by: By) {
  const after = await tagsOf(tx, row.id)
  const changed = kind === 'tagged' ? minus(after, before) : minus(before, after)
  const change = {
    ...by,
    kind,
    set: {},
    always: true,
    before: { tags: before },
    after: { tags: after, changed },
  }
  return (await changeLocked(tx, row, change)).row
}
const minus = (some: string[], others: string[]) => some.filter((name) => !others.includes(name))

export async function tagsOf(db: Db, conversation: string): Promise<string[]> {
  const rows = await db
    .selectFrom('conversation_tags')
    .innerJoin('tags', 'tags.id', 'conversation_tags.tag')
    .select('tags.name')
    .where('conversation', '=', conversation)
    .orderBy('tags.name')
    .execute()
  return rows.map(({ name }) => name)
}
