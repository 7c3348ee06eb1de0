import { sql } from 'kysely'
import { setTeamsOf } from '#features/teams/teams.ts'
import { type Db, json } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { mailAddress } from '#shared/address/address.ts'
import type { Role } from './agents.contract.ts'

export interface NewcomerDetails {
  name: string
  address: string
  role?: Role
  teams?: string[]
  language?: string
}

// What better-auth takes as an address (zod's email): less than mail allows, and an agent must be able to sign in.
const canSignIn = /^[\w'+-][\w'+.-]*(?<!['.])@/

/**
 * Adds an agent who has yet to join (see joinAgent). Somebody who was removed comes back with his old row, so that
 * his words are his again. 422 `address` when it is no address, taken, or one of the desk's own.
 * @returns his id
 */
export async function addAgent(tx: Db, by: By, newcomer: NewcomerDetails): Promise<string> {
  const { role = 'agent', language = 'en', teams = [] } = newcomer
  const name = newcomer.name.trim()
  if (!name) refuseField('name', 'required')
  const address = mailAddress(newcomer.address)
  if (!address || !canSignIn.test(address)) refuseField('address', 'not_an_address')
  await refuseOwnAddress(tx, address)
  const row = await tx
    .insertInto('agents')
    .values({ name, address, role, language, settings: json({}), invited_at: by.at, created_at: by.at })
    .onConflict((conflict) =>
      conflict
        .column('address')
        .doUpdateSet({
          name,
          role,
          language,
          invited_at: by.at,
          joined_at: null,
          removed_at: null,
          removed_by: null,
        })
        .where('agents.removed_at', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst()
  if (!row) refuseField('address', 'taken')
  await setTeamsOf(tx, by, row.id, teams)
  await append(tx, { ...by, kind: 'agent_invited', after: { agent: row.id, name, role } })
  return row.id
}

async function refuseOwnAddress(tx: Db, address: string) {
  const { rows } = await sql`select from own_addresses where address = ${address}`.execute(tx)
  if (rows.length > 0) refuseField('address', 'own_address')
}
