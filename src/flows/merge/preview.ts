import type { Conversation, MergePreview } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'

/** What would come of it; nothing is changed. Both are seen by the agent. */
export async function previewMerge(
  db: Db,
  number: string,
  into: string,
  by: conversations.Writer,
): Promise<MergePreview> {
  const rows = await db.selectFrom('conversations').selectAll().where('id', 'in', [number, into]).execute()
  const rowOf = (id: string) => rows.find((row) => row.id === id) ?? refuse('not_found')
  const [other, survivor] = [rowOf(number), rowOf(into)]
  conversations.refuseMerge(other, survivor)
  const [one, two] = await conversations.showConversations(db, [into, number], by.agent)
  if (!one || !two) return refuse('not_found')
  const next = {
    ...survivor,
    ...conversations.mergedFields(survivor, other, by),
  } as conversations.ConversationRow
  return {
    survivor: one,
    merged: two,
    result: {
      status: conversations.showStatus(next.category, next.status_name),
      priority: next.priority,
      holder: holderAfter(next, one, two),
      waitingSince: next.waiting_since?.toISOString() ?? null,
      snoozedUntil: next.snoozed_until?.toISOString() ?? null,
      tags: [...new Set([...one.tags, ...two.tags])].sort((a, b) => a.localeCompare(b)),
      participants: peopleOf(one, two),
    },
    warnings: [
      ...(survivor.customer === other.customer ? [] : ['other_customer' as const]),
      ...(survivor.inbox === other.inbox ? [] : ['other_inbox' as const]),
      ...((await fewerSee(db, number, into)) ? ['fewer_see' as const] : []),
      ...(other.category === 'closed' ? ['locked' as const] : []),
    ],
  }
}

/** The survivor's; where it was over, whoever has it then. */
function holderAfter(
  next: conversations.ConversationRow,
  one: Conversation,
  two: Conversation,
): Conversation['holder'] {
  const { kind, id } = conversations.holderOf(next)
  if (kind === null) return null
  const known = [one.holder, two.holder].find((holder) => holder?.kind === kind && holder.id === id)
  if (known) return known
  const named = { agent: one.assignee, team: one.team, customer: one.customer }
  return { kind, id, name: kind in named ? (named[kind as keyof typeof named]?.name ?? null) : null }
}

function peopleOf(one: Conversation, two: Conversation): Conversation['participants'] {
  const { id, name, address } = two.customer
  const his = id && address && id !== one.customer.id ? [{ id, name, address, confirmed: false }] : []
  const all = [...one.participants, ...two.participants, ...his]
  return all.filter(
    (person, n) =>
      person.id !== one.customer.id && all.findIndex((other) => other.address === person.address) === n,
  )
}

/** Whether somebody loses sight of what is merged. */
async function fewerSee(db: Db, number: string, into: string): Promise<boolean> {
  const seen = await conversations.audienceOf(db, [number, into])
  const [before, after] = [seen.get(number), seen.get(into)]
  if (!before || !after || after === 'everybody') return false
  return before === 'everybody' || !before.isSubsetOf(after)
}
