// A mail larger than we take, from a source that cannot refuse it as an SMTP door does: it stands in the mail log, and
// its sender is told by a mail of a machine's that quotes nothing of his, not even his name. Once a month and address:
// whoever forges a sender shall not make us a nuisance to a third person.
import { sql } from 'kysely'
import type { OutgoingMessage } from '#channels/channel.ts'
import { type Letterhead, readLetterhead } from '#channels/email/read-letterhead.ts'
import { maxMailSize } from '#channels/email/smtp-door.ts'
import { loopId, newMessageId } from '#channels/email/tokens.ts'
import * as connections from '#features/connections/connections.ts'
import { isBlocked } from '#features/customers/customers.ts'
import { findInbox } from '#features/inboxes/inboxes.ts'
import * as ledger from '#features/ledger/ledger.ts'
import * as outbox from '#features/outbox/outbox.ts'
import { after, days } from '#platform/clock/clock.ts'
import { type Db, inTransaction, lockInTransaction, lockSpace } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { text as say } from '#platform/texts/texts.ts'
import { isRobot } from '../acknowledge/may-answer.ts'
import { type SendingChannels, wayOut } from '../sending/way-out.ts'

type TooLarge = Pick<ledger.Refused, 'door' | 'channel' | 'inbox' | 'sourceKey' | 'sha256' | 'size'> & {
  /** its headers at least; null: the source did not give them */
  head: Uint8Array | null
  envelopeFrom: string | null
}

/** @returns whether its sender will be told */
export async function turnAwayTooLarge(house: House, { head, ...mail }: TooLarge): Promise<boolean> {
  const at = house.clock.now()
  const letter = head && (await readLetterhead(head))
  return inTransaction(house.db, async (tx) => {
    const answered = letter !== null && mail.envelopeFrom !== '' && (await mayBeTold(tx, letter, at))
    const row = await ledger.turnAway(tx, {
      ...mail,
      at,
      envelopeTo: [],
      reason: 'too_big',
      from: letter?.from?.address,
      subject: letter?.subject,
      verdict: { answered },
    })
    // The same mail again from the same place: it is there already, and so is the answer.
    if (row && answered) await addJob(tx, 'answer_too_large', letterTo(house, mail.inbox, letter))
    return row !== null && answered
  })
}

async function mayBeTold(tx: Db, { from, byPerson }: Letterhead, now: Date): Promise<boolean> {
  if (!from || !byPerson || isRobot(from.address)) return false
  // Two such mails at once are not two answers.
  await lockInTransaction(tx, lockSpace.told, from.address)
  if (await isBlocked(tx, [from.address])) return false
  const { rows } = await sql`
    select from own_addresses where address = ${from.address}
    union all select from customer_identities
      where kind = 'mail' and value = ${from.address} and failing_since is not null
    union all select from ledger where outcome = 'refused' and from_address = ${from.address}
      and received_at > ${after(now, -days(30))} and verdict ->> 'answered' = 'true'
    limit 1`.execute(tx)
  return rows.length === 0
}

export interface TooLargeAnswer extends Record<string, unknown> {
  inbox: string
  to: { name: string; address: string }
  messageId: string
  inReplyTo: string | null
  references: string[]
  language: string
}
/** What the job needs; the Message-ID is the same however often it tries. */
function letterTo(
  { secrets }: House,
  inbox: string,
  { from, subject, ...letter }: Letterhead,
): TooLargeAnswer {
  return {
    inbox,
    to: { name: '', address: from!.address },
    messageId: newMessageId(secrets, '0', 'foyer.invalid'),
    inReplyTo: letter.messageId,
    references: letter.references.slice(-20),
    language: /[а-яё]/i.test(`${subject ?? ''} ${from!.name}`) ? 'ru' : 'en',
  }
}

/** The job: by the inbox's own server, or into the test mailbox where it has none. */
export async function answerTooLarge(
  house: House,
  channels: SendingChannels,
  answer: TooLargeAnswer,
): Promise<void> {
  const inbox = await findInbox(house.db, answer.inbox)
  if (!inbox) return
  const message = compose(house, inbox, answer)
  const { channel } = await wayOut(house.db, answer.inbox, null)
  const [connection] = channel
    ? await connections.openConnections(house.db, house.secrets, { id: channel })
    : []
  const way = channels('mail')
  if (!connection || way.canDeliver?.(connection) === false) {
    const { subject, text, headers, at } = message
    const letter = { kind: 'too_large', at: at.toISOString(), from: message.from, to: answer.to }
    return outbox.keepSystemMail(house.db, {
      ...letter,
      from: { name: inbox.name, address: inbox.address },
      subject,
      text,
      headers,
    })
  }
  const [outcome] = await way.deliver(message, [answer.to.address], connection, AbortSignal.timeout(60_000))
  // Tried again later only where it surely has not left: a second copy is worse than none.
  if (outcome?.outcome === 'retry') throw new Error(outcome.text)
  if (outcome?.outcome !== 'sent') house.log.warn('an answer did not leave', { to: answer.to.address })
}

function compose(
  { clock, secrets }: House,
  { name, address }: { name: string; address: string },
  { to, messageId, inReplyTo, references, language }: TooLargeAnswer,
): OutgoingMessage {
  const words = { inbox: name, address, most: Math.floor(maxMailSize / 1024 / 1024) }
  return {
    id: '0',
    conversation: '0',
    at: clock.now(),
    messageId: messageId.replace(/@foyer\.invalid$/, `@${address.split('@').at(-1)}`),
    inReplyTo,
    references,
    from: { name, address },
    replyTo: null,
    to: [to],
    cc: [],
    subject: say(language, 'mail:tooLarge.subject', words),
    text: say(language, 'mail:tooLarge.text', words),
    html: null,
    attachments: [],
    headers: {
      'Auto-Submitted': 'auto-replied',
      'X-Auto-Response-Suppress': 'All',
      'X-Loop': loopId(secrets),
    },
    envelopeFrom: address,
  }
}
