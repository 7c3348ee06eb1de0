import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { type Erased, takeOut } from '#shared/text/take-out.ts'

/** The test mailbox's copies of these messages, and every mail in it since that quotes or tells the erased words. */
export async function eraseCopies(tx: Db, messages: string[], since: Date, words: Erased): Promise<void> {
  if (messages.length > 0) await tx.deleteFrom('outbox_mails').where('message', 'in', messages).execute()
  const told = await tx
    .selectFrom('outbox_mails')
    .select(['id', 'text', 'html', 'subject'])
    .where('at', '>=', since)
    .execute()
  for (const { id, text, html, subject } of told)
    if ([text, subject, html ? htmlToText(html) : ''].some((one) => takeOut(one, words) !== null))
      await tx.deleteFrom('outbox_mails').where('id', '=', id).execute()
}

/** The test mailbox's mails to and from these addresses. @param values lower case */
export async function eraseTo(tx: Db, values: string[]): Promise<void> {
  await sql`delete from outbox_mails where lower(sender) = any(${values}::text[])
    or recipients && ${values}::text[]`.execute(tx)
}
