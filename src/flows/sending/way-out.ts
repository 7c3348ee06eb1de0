import type { Channel } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'

export type SendingChannel = Pick<Channel, 'limits' | 'deliver' | 'compose' | 'canDeliver'>
/** The kinds of channels there are. */
export type SendingChannels = (kind: string) => SendingChannel

/** How a conversation's messages leave: a channel's kind and row; null: mail, kept by the test mailbox. */
export interface WayOut {
  kind: string
  channel: string | null
}

/**
 * The conversation's own channel where it is no mail, also one of another inbox it was merged from; else the inbox's
 * mail channel, one with a server first.
 */
export async function wayOut(db: Db, inbox: string, channel: string | null): Promise<WayOut> {
  const rows = await db
    .selectFrom('channels')
    .select(['id', 'kind', 'settings', 'inbox'])
    .where((where) => where.or([where('inbox', '=', inbox), where('id', '=', channel)]))
    .where('removed_at', 'is', null)
    .where('enabled_at', 'is not', null)
    .orderBy('id')
    .modifyEnd(keepPlan)
    .execute()
  const own = rows.find(({ id }) => id === channel)
  if (own && own.kind !== 'mail') return { kind: own.kind, channel: own.id }
  const mail = rows.filter((row) => row.kind === 'mail' && row.inbox === inbox)
  const best = mail.find(({ settings }) => settings.smtp) ?? mail[0]
  return { kind: 'mail', channel: best?.id ?? null }
}
