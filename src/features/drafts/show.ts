import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Db } from '#platform/db/db.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import { shownLoose } from '../attachments/attachments.ts'
import { seenBy, sightOf } from '../conversations/conversations.ts'
import type { Draft } from './drafts.contract.ts'
import type { DraftKind } from './kind.ts'

export async function showDraft(
  db: Db,
  conversation: string,
  agent: string,
  kind: DraftKind,
): Promise<Draft | null> {
  const row = await draftRows(db)
    .where('d.conversation', '=', conversation)
    .where('d.agent', '=', agent)
    .where('d.kind', '=', kind)
    .executeTakeFirst()
  return row ? show(db, row) : null
}

/** Everything an agent has begun, the newest first, in conversations he still sees. */
export async function listDrafts(db: Db, agent: string, limit: number, cursor: string | undefined) {
  let query = draftRows(db)
    .where('d.agent', '=', agent)
    .where(seenBy(await sightOf(db, agent)))
    .orderBy('d.updated_at', 'desc')
    .orderBy('d.conversation', 'desc')
    .orderBy('d.kind')
    .limit(limit + 1)
  if (cursor !== undefined) {
    const [at, conversation, kind] = decodeCursor(cursor, 3, [
      /^\d{4}-[\d:.TZ-]{15,30}$/,
      /^\d{1,18}$/,
      /^(reply|comment)$/,
    ])
    query = query.where(
      sql<boolean>`(d.updated_at, d.conversation) < (${at}::timestamptz, ${conversation}::bigint)
        or (d.updated_at = ${at}::timestamptz and d.conversation = ${conversation}::bigint and d.kind > ${kind})`,
    )
  }
  const rows = await query.execute()
  const shown = new Map<Row, Draft & { subject: string }>()
  for (const row of rows.slice(0, limit)) shown.set(row, { ...(await show(db, row)), subject: row.subject })
  return page(
    rows,
    limit,
    (row) => shown.get(row)!,
    (row) => [row.updated_at.toISOString(), row.conversation, row.kind],
  )
}

const draftRows = (db: Db) =>
  db
    .selectFrom('drafts as d')
    .innerJoin('agents as a', 'a.id', 'd.agent')
    .innerJoin('conversations as c', 'c.id', 'd.conversation')
    .leftJoin('agents as k', 'k.id', 'd.asked_by')
    .selectAll('d')
    .select(['a.name', 'c.subject', 'k.name as asker'])
    .select((column) =>
      jsonArrayFrom(
        column
          .selectFrom('draft_views as w')
          .innerJoin('agents as v', 'v.id', 'w.viewer')
          .select((view) => [view.cast<string>('v.id', 'text').as('id'), 'v.name', 'w.viewed_at as at'])
          .whereRef('w.conversation', '=', 'd.conversation')
          .whereRef('w.agent', '=', 'd.agent')
          .whereRef('w.kind', '=', 'd.kind')
          .orderBy('w.viewed_at', 'desc'),
      ).as('viewers'),
    )

type Row = Awaited<ReturnType<ReturnType<typeof draftRows>['executeTakeFirstOrThrow']>>

async function show(db: Db, row: Row): Promise<Draft> {
  return {
    conversation: Number(row.conversation),
    kind: row.kind,
    agent: { id: row.agent, name: row.name },
    text: row.text,
    html: row.html,
    to: row.recipients,
    cc: row.copies,
    bcc: row.blind_copies,
    attachments: await shownLoose(db, row.attachments, row.agent),
    lastSeen: row.last_seen,
    then: row.after_sending,
    stopped: row.stopped_at !== null,
    viewers: row.viewers.map(({ at, ...viewer }) => ({ ...viewer, at: new Date(at).toISOString() })),
    askedBy: row.asked_by && row.asker !== null ? { id: row.asked_by, name: row.asker } : null,
    updatedAt: row.updated_at.toISOString(),
  }
}
