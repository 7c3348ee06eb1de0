// Two conversations become one: what was begun in either is there to be sent. Of one agent's two texts none is lost.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { joinedHtml } from './joined-html.ts'
import type { DraftKind } from './kind.ts'
import { tell } from './tell.ts'

/** A draft that moved as it was. */
export interface MovedDraft {
  agent: string
  kind: DraftKind
  /** as it was then */
  updatedAt: string
}

/** Both conversations are locked. @returns those that went over whole: an undo gives them back, unless somebody has gone on writing */
export async function bringTogether(tx: Db, from: string, to: string, at: Date): Promise<MovedDraft[]> {
  await sql`delete from draft_views where conversation = ${from}`.execute(tx)
  const drafts = await tx
    .selectFrom('drafts')
    .selectAll()
    .where('conversation', '=', from)
    .orderBy('agent')
    .orderBy('kind')
    .forUpdate()
    .execute()
  const moved: MovedDraft[] = []
  for (const { agent, kind, ...draft } of drafts) {
    const there = await tx
      .selectFrom('drafts')
      .selectAll()
      .where('conversation', '=', to)
      .where('agent', '=', agent)
      .where('kind', '=', kind)
      .forUpdate()
      .executeTakeFirst()
    if (there) {
      await tx
        .updateTable('drafts')
        .set({
          text: [there.text, draft.text].filter((text) => text.trim() !== '').join('\n\n'),
          html: joinedHtml(there, draft),
          attachments: [
            ...there.attachments,
            ...draft.attachments.filter((id) => !there.attachments.includes(id)),
          ],
          updated_at: at,
        })
        .where('conversation', '=', to)
        .where('agent', '=', agent)
        .where('kind', '=', kind)
        .execute()
      await tx
        .deleteFrom('drafts')
        .where('conversation', '=', from)
        .where('agent', '=', agent)
        .where('kind', '=', kind)
        .execute()
    } else {
      await place(tx, { from, to, agent, kind })
      moved.push({ agent, kind, updatedAt: draft.updated_at.toISOString() })
    }
    await tell(tx, 'draft_removed', { conversation: from, agent, kind }, { agent, at })
    await tell(tx, 'draft_saved', { conversation: to, agent, kind }, { agent, at })
  }
  return moved
}

/** The undo: what moved whole and was not touched since goes back; all else stays where it is. */
export async function giveBack(
  tx: Db,
  from: string,
  to: string,
  moved: MovedDraft[],
  at: Date,
): Promise<void> {
  for (const { agent, kind, updatedAt } of moved) {
    const { rows } = await sql`
      select from drafts d where d.conversation = ${from} and d.agent = ${agent} and d.kind = ${kind}
        and date_trunc('milliseconds', d.updated_at) = ${updatedAt}::timestamptz and not exists (
          select from drafts o where o.conversation = ${to} and o.agent = d.agent and o.kind = d.kind)
      for update of d`.execute(tx)
    if (rows.length === 0) continue
    await sql`delete from draft_views where conversation = ${from} and agent = ${agent}`.execute(tx)
    await place(tx, { from, to, agent, kind })
    await tell(tx, 'draft_removed', { conversation: from, agent, kind }, { agent, at })
    await tell(tx, 'draft_saved', { conversation: to, agent, kind }, { agent, at })
  }
}

/** What its writer had seen last counts on only where it is there, too. */
const place = (
  tx: Db,
  { from, to, agent, kind }: { from: string; to: string; agent: string; kind: DraftKind },
) =>
  tx
    .updateTable('drafts')
    .set({
      conversation: to,
      last_seen: sql<
        string | null
      >`case when exists (select from messages m where m.id = last_seen and m.conversation = ${to})
        or exists (select from comments k where k.id = last_seen and k.conversation = ${to}) then last_seen end`,
    })
    .where('conversation', '=', from)
    .where('agent', '=', agent)
    .where('kind', '=', kind)
    .execute()
