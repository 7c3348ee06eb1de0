import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { isOpenTo } from './seal.ts'

/** Whether an agent may see a conversation: who may see the file is whoever may see what it hangs on. */
export type Sees = (db: Db, agent: string, conversation: string) => Promise<boolean>

export async function visibleFile(db: Db, id: string, agent: string, sees: Sees, now: Date) {
  const file = await db
    .selectFrom('attachments as a')
    .leftJoin('messages as m', 'm.id', 'a.message')
    .leftJoin('comments as c', 'c.id', 'a.comment')
    .select(['a.name', 'a.type', 'a.size', 'a.file', 'a.uploaded_by', 'a.seal', 'c.deleted_at'])
    .select((on) => on.fn.coalesce('m.conversation', 'c.conversation').as('conversation'))
    .where('a.id', '=', id)
    .executeTakeFirst()
  if (!file || file.deleted_at) return refuse('not_found')
  const mayOpen = file.conversation ? await sees(db, agent, file.conversation) : file.uploaded_by === agent
  if (!mayOpen) return refuse('not_found')
  if (!file.seal) return file
  if (!(await isOpenTo(db, file.seal, agent, now))) return refuse('sealed')
  return { ...file, name: `sealed-${id}` }
}

/** The files of a message or comment, in their order; what stands inside the words (inline) apart. */
export async function visibleFilesOf(db: Db, item: string, agent: string, sees: Sees) {
  const files = await db
    .selectFrom('attachments as a')
    .leftJoin('messages as m', 'm.id', 'a.message')
    .leftJoin('comments as c', 'c.id', 'a.comment')
    .select(['a.name', 'a.size', 'a.file', 'a.created_at'])
    .select((on) => on.fn.coalesce('m.conversation', 'c.conversation').as('conversation'))
    .where((on) => on.or([on('a.message', '=', item), on('a.comment', '=', item)]))
    .where('a.inline', '=', false)
    .where('a.seal', 'is', null)
    .where('c.deleted_at', 'is', null)
    .orderBy('a.position')
    .orderBy('a.id')
    .execute()
  const conversation = files[0]?.conversation
  return conversation && (await sees(db, agent, conversation)) ? files : refuse('not_found')
}
