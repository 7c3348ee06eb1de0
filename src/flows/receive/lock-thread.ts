import { sql } from 'kysely'
import type { IncomingMessage } from '#channels/channel.ts'
import { type Db, lockSpace } from '#platform/db/db.ts'

/**
 * Serialises the mails of one thread until the transaction ends: whatever arrives at the same moment and names the
 * same Message-ID waits here. All ids, each once and in one order, so that two never wait for each other.
 */
export async function lockThread(tx: Db, { messageId, references }: IncomingMessage): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${lockSpace.thread}::int, key) from (
      select distinct hashtext(id) as key from unnest(${[messageId, ...references]}::text[]) as id order by 1
    ) as keys`.execute(tx)
}
