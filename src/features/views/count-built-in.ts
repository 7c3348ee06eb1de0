// Counts of the built-in views, for one agent: sums over the places he sees (conversation_counts, kept by the change
// itself) plus the few conversations he sees only because he was asked or mentioned. Nothing walks the conversations.
import { type RawBuilder, sql } from 'kysely'
import { type BuiltInView, builtInViews } from '#features/conversations/conversations.contract.ts'
import { inView, live, type Sight, seenBy } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'

export type Counts = Record<BuiltInView, number>

interface Sums {
  bucket: string
  n: string
  mine: string
  unassigned: string
  my_teams: string
}

/** Where a row stands, as far as `conversation_counts` knows: seenBy() without what was granted singly. */
function inPlace(sight: Sight): RawBuilder<boolean> {
  if (sight.everything) return sql`true`
  return sql`(p.inbox = any(${sight.inboxes}::bigint[]) or p.team = any(${sight.teams}::bigint[])
    or p.assignee = ${sight.agent}::bigint) is true`
}

async function sums(db: Db, sight: Sight): Promise<Sums[]> {
  const granted = sight.everything
    ? sql``
    : sql`union all select p.bucket, p.assignee, p.team, 1 from conversations p
        where p.bucket is not null and not ${inPlace(sight)}
          and p.id in (select conversation from conversation_access where agent = ${sight.agent})`
  const { rows } = await sql<Sums>`
    select bucket, sum(n) as n,
      coalesce(sum(n) filter (where assignee = ${sight.agent}::bigint), 0) as mine,
      coalesce(sum(n) filter (where assignee is null), 0) as unassigned,
      coalesce(sum(n) filter (where team = any(${sight.teams}::bigint[])), 0) as my_teams
    from (select p.bucket, p.assignee, p.team, p.n from conversation_counts p where ${inPlace(sight)} ${granted}) seen
    group by bucket`.execute(db)
  return rows
}

/** Those that do not depend on place and bucket alone; each reads a small index. */
async function counted(db: Db, sight: Sight, view: BuiltInView, now: Date): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from conversations c where ${inView(view, sight, now)} and ${seenBy(sight)}`.execute(
    db,
  )
  return Number(rows[0]!.n)
}

/** Exact at the moment of the statement. */
export async function countBuiltIn(db: Db, sight: Sight, now: Date): Promise<Counts> {
  const buckets = new Map((await sums(db, sight)).map((row) => [row.bucket, row]))
  const n = (field: keyof Omit<Sums, 'bucket'>, ...names: string[]) =>
    names.reduce((sum, name) => sum + Number(buckets.get(name)?.[field] ?? 0), 0)
  const [mentioned, drafts, stuck] = await Promise.all(
    (['mentioned', 'drafts', 'stuck'] as const).map((view) => counted(db, sight, view, now)),
  )
  return {
    mine: n('mine', 'open', 'pending'),
    unassigned: n('unassigned', 'open'),
    'my-teams': n('my_teams', 'open'),
    all: n('n', 'open', 'pending', 'snoozed', 'closed', 'thanks'),
    open: n('n', 'open'),
    pending: n('n', 'pending'),
    snoozed: n('n', 'snoozed'),
    closed: n('n', 'closed', 'thanks'),
    spam: n('n', 'spam'),
    trash: n('n', 'trash'),
    thanks: n('n', 'thanks'),
    mentioned: mentioned!,
    drafts: drafts!,
    stuck: stuck!,
  }
}

/** The same numbers the long way, by walking every conversation: what tests and `foyer doctor` compare with. */
export async function countByWalking(db: Db, sight: Sight, now: Date): Promise<Counts> {
  const columns = builtInViews.map(
    (view) => sql`count(*) filter (where ${inView(view, sight, now)}) as ${sql.ref(view)}`,
  )
  const { rows } = await sql<Record<BuiltInView, string>>`
    select ${sql.join(columns)} from conversations c where ${seenBy(sight)} and (${live} or c.bucket is not null)`.execute(
    db,
  )
  return Object.fromEntries(builtInViews.map((view) => [view, Number(rows[0]![view])])) as Counts
}
