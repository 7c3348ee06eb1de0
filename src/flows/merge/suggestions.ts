// "Looks like #123": what else the same customer has open just now and seems to be the same matter. Suggested with its
// reason, never done.
import { sql } from 'kysely'
import type { MergeSuggestion } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { after, days } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { sameMatter } from '#shared/text/same-matter.ts'

const within = days(7)
/** Looked at, newest first; of a customer with more, older ones are nobody's double. */
const candidates = 20
const most = 3

interface Candidate {
  id: string
  subject: string
  created_at: Date
  text: string | null
}

/** @param number seen by the agent */
export async function suggestionsFor(
  db: Db,
  agent: string,
  number: string,
  now: Date,
): Promise<MergeSuggestion[]> {
  const sight = await conversations.sightOf(db, agent)
  const { rows } = await sql<Candidate>`
    with mine as (select id, customer from conversations c where id = ${number} and ${conversations.active})
    select c.id, c.subject, c.created_at, (
      select left(case when m.fold_from > 0 then left(m.text, m.fold_from) else m.text end, 5000) from messages m
      where m.conversation = c.id and m.direction = 'in' and m.automatic is null order by m.position limit 1) as text
    from mine join conversations c on c.customer = mine.customer
    where c.last_activity_at > ${after(now, -within)} and ${conversations.active}
      and ${conversations.seenBy(sight)} and not exists (select from conversation_distinctions d
        where d.one = least(c.id, mine.id) and d.other = greatest(c.id, mine.id))
    order by c.id = mine.id desc, c.last_activity_at desc limit ${candidates}`.execute(db)
  const [own, ...others] = rows
  if (own?.id !== number) return []
  const matter = ({ subject, text }: Candidate) => ({ subject, text: text ?? '' })
  return others
    .flatMap((other) => {
      const same = sameMatter(matter(own), matter(other))
      const { id, subject, created_at } = other
      return same ? [{ number: Number(id), subject, createdAt: created_at.toISOString(), ...same }] : []
    })
    .slice(0, most)
}

/** @param by null: they may be suggested again */
export async function tellApart(
  tx: Db,
  one: string,
  other: string,
  by: conversations.Writer | null,
): Promise<void> {
  const [least, greatest] = BigInt(one) < BigInt(other) ? [one, other] : [other, one]
  if (by)
    await tx
      .insertInto('conversation_distinctions')
      .values({ one: least, other: greatest, told_at: by.at, told_by: by.agent })
      .onConflict((there) => there.doNothing())
      .execute()
  else
    await tx
      .deleteFrom('conversation_distinctions')
      .where('one', '=', least)
      .where('other', '=', greatest)
      .execute()
}
