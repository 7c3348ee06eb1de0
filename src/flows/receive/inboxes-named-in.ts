import { sql } from 'kysely'
import type { Connection } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'

const telling = /^(delivered-to|x-original-to|x-delivered-to|envelope-to|x-forwarded-to|to|cc):/i
const maxHead = 256 * 1024

/**
 * The inboxes a fetched mail is for, by its headers alone (it is kept before it is read): the mailbox's own, and those
 * addressed in it that no mailbox of their own brings. One that names none of ours is the mailbox's.
 */
export async function inboxesNamedIn(db: Db, raw: Uint8Array, { inbox }: Connection): Promise<string[]> {
  const addresses = addressesIn(raw)
  const plain = addresses.map((address) => address.replace(/\+[^@]*@/, '@'))
  const { rows } = await sql<{ inbox: string }>`
    select distinct inbox from (
      select address, id as inbox from inboxes where removed_at is null
      union all select address, inbox from inbox_aliases) own
    where address = any(${[...addresses, ...plain]}::text[]) and (inbox = ${inbox} or not exists (
      select from channels c where c.inbox = own.inbox and c.kind = 'mail' and c.enabled_at is not null
        and c.settings -> 'imap' <> 'null'))`.execute(db)
  return rows.length > 0 ? rows.map((row) => row.inbox) : [inbox]
}

/** Bounded, as this runs beside everything else: a header of a quarter of a megabyte must not hold it up. */
function addressesIn(raw: Uint8Array): string[] {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, maxHead)).toString('latin1')
  const end = head.search(/\r?\n\r?\n/)
  const lines = head
    .slice(0, end < 0 ? head.length : end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
  const found = lines
    .filter((line) => telling.test(line))
    .flatMap((line) => line.match(/[^\s<>,;:"()@]{1,300}@[^\s<>,;:"()@]{1,300}/g) ?? [])
  return [...new Set(found.map((address) => address.toLowerCase()))].slice(0, 200)
}
