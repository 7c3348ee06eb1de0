import type { Db } from '#platform/db/db.ts'

/** How far a folder was taken: everything up to `lastUid` under this UIDVALIDITY. */
export interface ImapPosition {
  uidValidity: string
  lastUid: number
  takenAt: Date
}

export async function imapPosition(db: Db, channel: string, folder: string): Promise<ImapPosition | null> {
  const row = await db
    .selectFrom('imap_positions')
    .selectAll()
    .where('channel', '=', channel)
    .where('folder', '=', folder)
    .executeTakeFirst()
  return row ? { uidValidity: row.uid_validity, lastUid: Number(row.last_uid), takenAt: row.taken_at } : null
}

/** Moves on, in the transaction that keeps what was taken; never back under the same UIDVALIDITY. */
export async function moveImapPosition(
  tx: Db,
  channel: string,
  folder: string,
  { uidValidity, lastUid, takenAt }: ImapPosition,
): Promise<void> {
  const values = { uid_validity: uidValidity, last_uid: String(lastUid), taken_at: takenAt }
  await tx
    .insertInto('imap_positions')
    .values({ channel, folder, ...values })
    .onConflict((there) =>
      there
        .columns(['channel', 'folder'])
        .doUpdateSet(values)
        .where((where) =>
          where.or([
            where('imap_positions.uid_validity', '<>', uidValidity),
            where('imap_positions.last_uid', '<', String(lastUid)),
          ]),
        ),
    )
    .execute()
}
