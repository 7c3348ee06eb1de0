import type { FastifyRequest } from 'fastify'
import type { Db } from '#platform/db/db.ts'
import { callerOf } from '#platform/http/http.ts'
import { seenBy, sightOf } from '../conversations/conversations.ts'
import type { Onlooker } from './visible.ts'

/** The caller as the one who looks. */
export async function onlookerOf(db: Db, request: FastifyRequest): Promise<Onlooker> {
  const sight = await sightOf(db, callerOf(request).id)
  return { seesConversation: seenBy(sight), everything: sight.everything }
}
