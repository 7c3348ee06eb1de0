import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import type { BrowserKeys } from './encrypt-push.ts'
import type { NewPushDevice, PushDevice } from './notifications.contract.ts'

/** Browsers enough for one person; the oldest is let go. */
const most = 20
const purpose = 'push device'

/** A browser to push to: from now on this person's, whoever's it was. */
export async function addDevice(
  tx: Db,
  secrets: Secrets,
  { endpoint, keys, name }: NewPushDevice,
  { session, ...by }: By & { session: string | null },
): Promise<string> {
  const agent = by.actor.id!
  const values = { agent, name, session, keys: secrets.seal(purpose, JSON.stringify(keys)), ended_at: null }
  const { id } = await tx
    .insertInto('push_devices')
    .values({ ...values, endpoint, created_at: by.at })
    .onConflict((known) => known.column('endpoint').doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`update push_devices set ended_at = ${by.at} where id in (
    select id from push_devices where agent = ${agent} and ended_at is null
    order by id desc offset ${most})`.execute(tx)
  await append(tx, { ...by, kind: 'push_device_added', after: { agent } })
  return id
}

export async function removeDevice(tx: Db, id: string, by: By): Promise<void> {
  const agent = by.actor.id!
  const { numUpdatedRows } = await tx
    .updateTable('push_devices')
    .set({ ended_at: by.at })
    .where('id', '=', id)
    .where('agent', '=', agent)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) refuse('not_found')
  await append(tx, { ...by, kind: 'push_device_removed', after: { agent } })
}

export interface OpenDevice {
  id: string
  name: string
  endpoint: string
  keys: BrowserKeys
  session: string | null
  created_at: Date
  last_push_at: Date | null
}

/** Where a person is pushed to: browsers he is still signed in with. */
export async function devicesOf(db: Db, secrets: Secrets, agent: string, now: Date): Promise<OpenDevice[]> {
  const { rows } = await sql<Omit<OpenDevice, 'keys'> & { keys: string }>`
    select d.id, d.name, d.endpoint, d.keys, d.session, d.created_at, d.last_push_at
    from push_devices d join agents a on a.id = d.agent
    where d.agent = ${agent} and d.ended_at is null and a.removed_at is null
      and (d.session is null or exists (
        select from auth.session s where s.id = d.session and s."expiresAt" > ${now}))
    order by d.id`.execute(db)
  return rows.map((row) => ({ ...row, keys: JSON.parse(secrets.open(purpose, row.keys)) }))
}

export const showDevice = (device: OpenDevice, session: string | null): PushDevice => ({
  id: device.id,
  name: device.name,
  current: session !== null && device.session === session,
  createdAt: device.created_at.toISOString(),
  lastPushAt: device.last_push_at?.toISOString() ?? null,
})

/** The push service says that this browser wants no more, or has had this one. */
export const noteEnded = (db: Db, id: string, at: Date) =>
  db.updateTable('push_devices').set({ ended_at: at }).where('id', '=', id).execute()
export const notePushed = (db: Db, id: string, at: Date) =>
  db.updateTable('push_devices').set({ last_push_at: at }).where('id', '=', id).execute()
