import { sql } from 'kysely'
import { type Sight, seenBy } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import type { OutboxMail } from './outbox.contract.ts'

export interface OutboxRow {
  id: string
  message: string | null
  conversation: string | null
  inbox: string | null
  system_kind: string | null
  at: Date
  sender: string
  recipients: string[]
  subject: string
  text: string
  html: string | null
  source: Buffer
  attachments: OutboxMail['attachments']
}
/** Who looks: mails of conversations he may see; Foyer's own mails are for administrators. */
export interface Reader {
  sight: Sight
  admin: boolean
}

/** A list shows that much of a mail's source: a page of mails with large files must not fill the memory. Bytes. */
const shownSource = 1024 * 1024
const columns = sql`o.id, o.message, c.id as conversation, o.inbox, o.system_kind, o.at, o.sender, o.recipients, o.subject,
  o.text, o.html`
const files = sql`coalesce((
  select json_agg(json_build_object('id', t.id::text, 'name', t.name, 'type', t.type, 'size', t.size, 'inline', t.inline,
    'contentId', t.content_id, 'mark', t.mark) order by t.position, t.id)
  from attachments t where t.message = o.message), '[]') as attachments`
const visible = ({ sight, admin }: Reader) => sql`
  from outbox_mails o left join messages m on m.id = o.message left join conversations c on c.id = coalesce(m.conversation, o.conversation)
  where ((c.id is not null and ${seenBy(sight)}) or (o.system_kind is not null and ${admin}))`

/** Newest first. */
export async function list(db: Db, reader: Reader, limit: number, cursor: string | undefined) {
  const before = cursor ? decodeCursor(cursor, 1, [/^\d{1,18}$/])[0] : null
  const { rows } = await sql<OutboxRow>`
    select ${columns}, ${files}, substring(o.source for ${shownSource}::int) as source
    ${visible(reader)} and (${before}::bigint is null or o.id < ${before}::bigint)
    order by o.id desc limit ${limit + 1}`.execute(db)
  return page(rows, limit, show, ({ id }) => [id])
}

/** One mail, or 404 where it is not for this reader. */
export async function find(db: Db, reader: Reader, id: string): Promise<OutboxRow> {
  const { rows } =
    await sql<OutboxRow>`select ${columns}, ${files}, o.source ${visible(reader)} and o.id = ${id}`.execute(
      db,
    )
  return rows[0] ?? refuse('not_found')
}

const show = (row: OutboxRow): OutboxMail => ({
  id: row.id,
  message: row.message,
  conversation: row.conversation === null ? null : Number(row.conversation),
  system: row.system_kind !== null,
  at: row.at.toISOString(),
  from: row.sender,
  to: row.recipients,
  subject: row.subject,
  text: row.text,
  html: row.html,
  source: row.source.toString('utf8'),
  attachments: row.attachments,
})
