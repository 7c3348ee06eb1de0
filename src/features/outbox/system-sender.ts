import type { Db } from '#platform/db/db.ts'
import { append, type By } from '#platform/events/events.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'
import type { SystemSenderInput } from './outbox.contract.ts'

/** From whom Foyer's own mails come, and by which server; null: they stay in the test mailbox. */
export interface SystemSender {
  name: string
  address: string
  smtp: { host: string; port: number; security: 'tls' | 'starttls' | 'none'; username: string | null } | null
  password: string | null
}
const key = 'system_sender'
type Kept = Omit<SystemSender, 'password'> & { sealed: string | null }

async function kept(db: Db): Promise<Kept | null> {
  return (await readSetting(db, key)) as Kept | null
}

/** The setting, else the first inbox's address without a server. */
export async function systemSender(db: Db, secrets: Secrets): Promise<SystemSender> {
  const setting = await kept(db)
  if (setting) {
    const password = setting.sealed ? secrets.open('system sender', setting.sealed) : null
    return { name: setting.name, address: setting.address, smtp: setting.smtp, password }
  }
  const inbox = await db
    .selectFrom('inboxes')
    .select('address')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return { name: 'Foyer', address: inbox?.address ?? 'foyer@localhost', smtp: null, password: null }
}

/** Keeps the setting; a password that is not given stays as it was while the server is the same. */
export async function setSystemSender(
  tx: Db,
  secrets: Secrets,
  { name, address, smtp }: SystemSenderInput & { address: string },
  by: By,
): Promise<void> {
  const before = await kept(tx)
  const same = smtp && before?.smtp?.host === smtp.host && before.smtp.port === smtp.port
  const value: Kept = {
    name: name?.trim() || 'Foyer',
    address,
    smtp: smtp && {
      host: smtp.host,
      port: smtp.port,
      security: smtp.security,
      username: smtp.username || null,
    },
    sealed: smtp?.password
      ? secrets.seal('system sender', smtp.password)
      : same
        ? (before?.sealed ?? null)
        : null,
  }
  await writeSetting(tx, key, value)
  await append(tx, { ...by, kind: 'system_sender_changed', after: { address, host: smtp?.host ?? null } })
}
