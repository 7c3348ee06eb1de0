// People and places as callers name them: by id, by address, or as `me`. What is not there is 422 `unknown`.
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { seesCustomer, survivorOf } from '../customers/customers.ts'

import { placeOf, readUpTo } from './items.queries.ts'
import { seenBy, sightOf } from './visible.ts'

const isId = (text: string) => /^\d{1,18}$/.test(text)

/** @param me the caller's id; @returns the id of an agent who still is one */
export async function agentNamed(db: Db, name: string, me: string, field = 'agent'): Promise<string> {
  if (name === 'me') return me
  const agent = await db
    .selectFrom('agents')
    .select('id')
    .where(isId(name) ? 'id' : 'address', '=', isId(name) ? name : name.toLowerCase())
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return agent?.id ?? refuseField(field, 'unknown')
}

export async function teamNamed(db: Db, id: string, field = 'team'): Promise<string> {
  const team = await db
    .selectFrom('teams')
    .select('id')
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return team?.id ?? refuseField(field, 'unknown')
}

/** @param me the caller's id: a customer of whom he sees nothing is unknown to him */
export async function customerNamed(db: Db, id: string, me: string, field = 'customer'): Promise<string> {
  const known = (await survivorOf(db, id)) ?? refuseField(field, 'unknown')
  const sight = await sightOf(db, me)
  const onlooker = { seesConversation: seenBy(sight), everything: sight.everything }
  return (await seesCustomer(db, onlooker, known)) ? known : refuseField(field, 'unknown')
}

/** The position up to which somebody has read who has read up to this item. */
export async function positionIn(
  db: Db,
  conversation: string,
  item: string,
  field = 'lastSeen',
): Promise<number> {
  const place = await placeOf(db, item)
  if (place?.conversation !== conversation) return refuseField(field, 'unknown')
  return readUpTo(db, place)
}
