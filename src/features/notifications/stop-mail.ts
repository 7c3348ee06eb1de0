// The links in a mail that end such mails: signed, for one person and one reason (or `all`), good without signing in,
// because who reads the mail may be signed in nowhere. They can do nothing but that.
import type { Db } from '#platform/db/db.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { type Kind, kinds } from '#shared/notifications/choices.ts'
import { changeSettings } from '../agents/agents.ts'

export interface Stop {
  agent: string
  kind: Kind | 'all'
}
const purpose = 'stop notification mails'

export const stopToken = (secrets: Secrets, { agent, kind }: Stop): string =>
  `${agent}.${kind}.${secrets.sign(purpose, `${agent}.${kind}`)}`

/** null: nothing that we have signed */
export function readStop(secrets: Secrets, token: string): Stop | null {
  const [agent = '', kind = '', signature = ''] = token.split('.')
  if (!/^\d+$/.test(agent) || (kind !== 'all' && !kinds.some((known) => known === kind))) return null
  return secrets.verify(purpose, `${agent}.${kind}`, signature) ? { agent, kind: kind as Stop['kind'] } : null
}

export async function stopMails(tx: Db, { agent, kind }: Stop, at: Date): Promise<void> {
  const those = kind === 'all' ? kinds : [kind]
  const notifications = Object.fromEntries(those.map((each) => [`${each}.mail`, false]))
  await changeSettings(tx, { at, actor: { kind: 'agent', id: agent } }, agent, { notifications })
}
