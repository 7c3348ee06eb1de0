import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'

/**
 * Hands a conversation to a team (by id). An agent who is not in it is no longer responsible: the ball passes.
 * null: back to the team its inbox starts with.
 */
export async function handToTeam(
  tx: Db,
  row: ConversationRow,
  team: string | null,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  const next = team ?? (await firstTeamOf(tx, row.inbox))
  if (next === row.team) return row
  const stays = row.assignee !== null && (await isMember(tx, next, row.assignee))
  // Sent where it belongs: whoever it strayed through before says nothing any more.
  const set = { team: next, assignee: stays ? row.assignee : null, strayed: [] }
  return (await changeLocked(tx, row, { ...by, kind: 'team_changed', set })).row
}

/**
 * "Not ours": the team that has it hands it on to another, nobody is responsible any more, and the way it came stays to be
 * seen, so that it does not go round.
 */
export async function handOn(tx: Db, row: ConversationRow, team: string, by: By): Promise<ConversationRow> {
  refuseFinished(row)
  if (team === row.team) return row
  const strayed = row.team === null ? row.strayed : [...row.strayed, row.team].slice(-most)
  return (await changeLocked(tx, row, { ...by, kind: 'not_ours', set: { team, assignee: null, strayed } }))
    .row
}
/** A way longer than this is not read. */
const most = 12

async function firstTeamOf(db: Db, inbox: string): Promise<string> {
  const { team } = await db
    .selectFrom('inboxes')
    .select('team')
    .where('id', '=', inbox)
    .executeTakeFirstOrThrow()
  return team
}

async function isMember(db: Db, team: string, agent: string): Promise<boolean> {
  const member = await db
    .selectFrom('team_members')
    .select('agent')
    .where('team', '=', team)
    .where('agent', '=', agent)
    .executeTakeFirst()
  return member !== undefined
}
