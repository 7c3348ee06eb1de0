import { type Db, json } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { defaultSettings, type Settings } from './agents.contract.ts'

/** A person's settings, with what he never chose filled in. */
export async function settingsOf(db: Db, agent: string): Promise<Settings> {
  const row = await db
    .selectFrom('agents')
    .select(['language', 'settings'])
    .where('id', '=', agent)
    .executeTakeFirst()
  if (!row) refuse('not_found')
  return { ...defaultSettings, ...row.settings, language: row.language as Settings['language'] }
}

/** Changes what is given; of notifications and of what happens after sending only those named. */
export async function changeSettings(
  tx: Db,
  by: By,
  agent: string,
  { language, notifications, afterSending, ...rest }: Partial<Settings>,
): Promise<void> {
  if (rest.timeZone && !isTimeZone(rest.timeZone)) refuseField('settings.timeZone', 'unknown')
  const before = await tx
    .selectFrom('agents')
    .select(['language', 'settings'])
    .where('id', '=', agent)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const old = before.settings
  const settings = {
    ...old,
    ...rest,
    ...(notifications ? { notifications: { ...old.notifications, ...notifications } } : {}),
    ...(afterSending ? { afterSending: { ...old.afterSending, ...afterSending } } : {}),
  }
  await tx
    .updateTable('agents')
    .set({ settings: json(settings), language: language ?? before.language })
    .where('id', '=', agent)
    .execute()
  await append(tx, { ...by, kind: 'settings_changed', after: { agent } })
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
