// What the rows of messages and comments give up to a seal, and get back when it is taken off.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'
import type { Hidden } from './take-out-quotes.ts'

/** A message's words go behind a seal; that it was there stays. */
export async function hideWords(tx: Db, message: string, at: Date): Promise<Hidden> {
  const words = await tx
    .selectFrom('messages')
    .select(['text', 'html', 'subject', 'fold_from', 'fold_to', 'quote'])
    .where('id', '=', message)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('messages')
    .set({ text: '', html: null, subject: null, fold_from: null, fold_to: null, quote: null, sealed_at: at })
    .where('id', '=', message)
    .execute()
  return { kind: 'message', item: message, words }
}

/** The words stand where they stood; what was erased meanwhile stays blank. */
export async function showAgain(tx: Db, { kind, item, words }: Hidden): Promise<void> {
  if (kind === 'comment')
    await sql`update comments set text = w.text, html = w.html
      from jsonb_to_record(${json(words)}) as w(text text, html text)
      where id = ${item} and deleted_at is null`.execute(tx)
  else
    await sql`update messages m set text = w.text, html = w.html, fold_from = w.fold_from, fold_to = w.fold_to,
        quote = w.quote, subject = case when m.sealed_at is null then m.subject else w.subject end, sealed_at = null
      from jsonb_to_record(${json(words)}) as w(text text, html text, subject text, fold_from int, fold_to int, quote text)
      where m.id = ${item} and m.erased_at is null`.execute(tx)
}
