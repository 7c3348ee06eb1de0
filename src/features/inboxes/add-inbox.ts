import { findTeam, missingTeams } from '#features/teams/teams.ts'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { checkAddress, refuseTakenAddress, setAliases } from './addresses.ts'
import type { InboxInput } from './inboxes.contract.ts'

/** Without a team it starts with the oldest one. 422 names the field that cannot be taken. @returns its id */
export async function addInbox(tx: Db, by: By, input: InboxInput): Promise<string> {
  const name = input.name.trim() || refuseField('name', 'required')
  const address = await checkAddress(tx, input.address, 'address')
  const { id } = await tx
    .insertInto('inboxes')
    .values({
      name,
      address,
      team: await homeTeam(tx, input.team),
      signature: input.signature ?? null,
      quote: input.quote,
      sender_name: input.senderName,
      guard: input.guard,
      plus_addressing: input.plusAddressing,
      acknowledges: input.acknowledges,
      acknowledgement: input.acknowledgement,
      created_at: by.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseTakenAddress)
  await setAliases(tx, id, address, input.aliases ?? [])
  await setSeenBy(tx, id, input.teams ?? null)
  await append(tx, { ...by, kind: 'inbox_created', after: { inbox: id, name, address } })
  return id
}

export async function homeTeam(tx: Db, team: string | undefined): Promise<string> {
  if (team !== undefined) return (await findTeam(tx, team))?.id ?? refuseField('team', 'unknown')
  const oldest = await tx
    .selectFrom('teams')
    .select('id')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return oldest?.id ?? refuseField('team', 'required')
}

/** @param teams null: every agent sees it */
export async function setSeenBy(tx: Db, inbox: string, teams: string[] | null): Promise<void> {
  if (teams?.length === 0) refuseField('teams', 'required')
  if (teams && (await missingTeams(tx, teams)).length > 0) refuseField('teams', 'unknown')
  await tx.deleteFrom('inbox_teams').where('inbox', '=', inbox).execute()
  for (const team of new Set(teams)) await tx.insertInto('inbox_teams').values({ inbox, team }).execute()
  await tx
    .updateTable('inboxes')
    .set({ seen_by: teams ? 'teams' : 'all' })
    .where('id', '=', inbox)
    .execute()
}
