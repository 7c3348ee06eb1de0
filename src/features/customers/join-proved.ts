import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'
import { join } from './join.ts'
import { survivorOf } from './survivor-of.ts'

/** Joins who was proved to be one, the younger one into the older; after the fact, so that no mail waits for it. */
export const joinFollower: Follower = {
  kinds: ['customer_claimed'],
  from: 'beginning',
  batch: 50,
  async react(tx, events) {
    for (const { after, at } of events) {
      if (after.proved !== true) continue
      const one = await survivorOf(tx, String(after.customer))
      const other = await survivorOf(tx, String(after.other))
      if (!one || !other || one === other || (await toldApart(tx, one, other))) continue
      const [older, younger] = BigInt(one) < BigInt(other) ? [one, other] : [other, one]
      await join(tx, { survivor: older, other: younger, reason: 'verified' }, { at, actor: system })
    }
  },
}

async function toldApart(tx: Db, one: string, other: string): Promise<boolean> {
  const { rows } = await sql`
    select from customer_distinctions
    where one = least(${one}::bigint, ${other}::bigint) and other = greatest(${one}::bigint, ${other}::bigint)
    union all select from customer_joins where undone_at is not null
      and (survivor, joined) in ((${one}, ${other}), (${other}, ${one}))`.execute(tx)
  return rows.length > 0
}
