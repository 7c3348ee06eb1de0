// One bulk change to one conversation: the same verbs as for one, in a sensible order.
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { assign } from './assign.ts'
import type { By, ConversationRow } from './change.ts'
import type { BulkChange, Priority } from './conversations.contract.ts'
import { handToTeam } from './hand-to-team.ts'
import { markSpam, unmarkSpam } from './mark-spam.ts'
import { agentNamed, teamNamed } from './named.ts'
import { prioritise } from './prioritise.ts'
import { read, unread } from './read.ts'
import { type Status, setStatus, statusNamed } from './set-status.ts'
import { snooze, wake } from './snooze.ts'
import { tag, untag } from './tag.ts'
import { restore, trash } from './trash.ts'

/** What was asked, its names resolved once. undefined: left as it is. */
export interface Wanted {
  team?: string | null
  assignee?: string | null
  status?: Status
  priority?: Priority
  addTags: string[]
  removeTags: string[]
  snooze?: Date | null
  spam?: boolean
  trash?: boolean
  read?: boolean
}

/** 422 for what does not exist: before anything is changed. */
export async function wantedOf(db: Db, asked: BulkChange['do'], me: string, now: Date): Promise<Wanted> {
  const { team, assignee, status, snooze: until, addTags = [], removeTags = [], ...rest } = asked
  const wanted: Wanted = { ...rest, addTags, removeTags }
  if (team !== undefined) wanted.team = team && (await teamNamed(db, team, 'do.team'))
  if (assignee !== undefined)
    wanted.assignee = assignee && (await agentNamed(db, assignee, me, 'do.assignee'))
  if (status !== undefined) wanted.status = await statusNamed(db, status, 'do.status')
  if (until !== undefined) wanted.snooze = until === null ? null : new Date(until)
  if (wanted.snooze && wanted.snooze <= now) refuseField('do.snooze', 'in_past')
  return wanted
}

export async function applyChange(
  tx: Db,
  row: ConversationRow,
  wanted: Wanted,
  agent: string,
  by: By,
): Promise<ConversationRow> {
  let next = row
  if (wanted.team !== undefined) next = await handToTeam(tx, next, wanted.team, by)
  if (wanted.assignee !== undefined) next = await assign(tx, next, wanted.assignee, by)
  if (wanted.priority) next = await prioritise(tx, next, wanted.priority, by)
  if (wanted.status) next = await setStatus(tx, next, wanted.status, by)
  if (wanted.snooze !== undefined)
    next = wanted.snooze ? await snooze(tx, next, wanted.snooze, by) : await wake(tx, next, by)
  for (const name of wanted.addTags) next = await tag(tx, next, name, by)
  for (const name of wanted.removeTags) next = await untag(tx, next, name, by)
  if (wanted.spam !== undefined) next = await (wanted.spam ? markSpam : unmarkSpam)(tx, next, by)
  if (wanted.trash !== undefined) next = await (wanted.trash ? trash : restore)(tx, next, by)
  if (wanted.read !== undefined) await (wanted.read ? read : unread)(tx, next, agent, by)
  return next
}
