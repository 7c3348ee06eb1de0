// The proof that a channel works is a mail that goes all the way round: sent by its own server to its own inbox, and
// seen again at a door. It ends in the ledger as ignored(own_loop), like any mail of ours that comes back.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Connection, DeliveryOutcome } from '#channels/channel.ts'
import { smtpHint } from '#channels/email/deliver.ts'
import { imapSettings } from '#channels/email/imap.ts'
import type { SelfMail } from '#features/connections/connections.contract.ts'
import * as connections from '#features/connections/connections.ts'
import * as inboxes from '#features/inboxes/inboxes.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { mailToSelf } from './mail-to-self.ts'
import type { SendingChannels } from './sending/way-out.ts'

/** ms between two looks of somebody who waits */
const look = 300

/** @returns what the server said of it; `hint` is a text key */
export async function sendSelfMail(
  house: House,
  channels: SendingChannels,
  connection: Connection,
  language: string,
): Promise<SelfMail> {
  const way = channels(connection.kind)
  const inbox = await inboxes.findInbox(house.db, connection.inbox)
  if (connection.kind !== 'mail' || !way.canDeliver?.(connection) || !inbox) refuse('not_found')
  await untilWatched(house, connection)
  const letter = mailToSelf(house, inbox, inbox.address, {
    subject: text(language, 'sending:self.subject'),
    text: text(language, 'sending:self.text'),
  })
  const signal = AbortSignal.timeout(30_000)
  const [outcome] = await way.deliver(letter, [inbox.address], connection, signal)
  return {
    to: inbox.address,
    mail: letter.messageId,
    ...resultOf(outcome, Boolean(connection.settings.oauth)),
  }
}

/** A mail that arrives before the mailbox was looked at for the first time counts as old and would not be seen. */
async function untilWatched({ db }: House, connection: Connection): Promise<void> {
  const late = performance.now() + 15_000
  while (imapSettings(connection) && performance.now() < late) {
    if (await connections.imapPosition(db, connection.id, 'INBOX')) return
    await wait(look)
  }
}

/** What became of one mail, for somebody who watches. */
export function resultOf(
  outcome: DeliveryOutcome | undefined,
  byToken = false,
): Pick<SelfMail, 'ok' | 'error' | 'hint'> {
  if (outcome?.outcome === 'sent') return { ok: true, error: null, hint: null }
  const words = outcome?.text ?? ''
  return { ok: false, error: words, hint: smtpHint(words, byToken) }
}

/** When it came in, if it has by now or does within `patience` ms. */
export async function selfMailBack(
  { db }: House,
  inbox: string,
  mail: string,
  patience: number,
): Promise<Date | null> {
  const late = performance.now() + patience
  for (;;) {
    const row = await db
      .selectFrom('ledger')
      .select('received_at')
      .where('inbox', '=', inbox)
      .where('message_id', '=', mail)
      // Its copy among the sent ones is no return.
      .where(sql<boolean>`remote ->> 'sentFolder' is null`)
      .executeTakeFirst()
    if (row || performance.now() >= late) return row?.received_at ?? null
    await wait(look)
  }
}
