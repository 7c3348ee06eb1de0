// An answer to a mail that asked somebody inside. Looked at before anything is threaded: by its token, a signed
// Message-ID or the mark in what it quotes, never by its subject. It becomes a comment, or waits in quarantine; on no
// way does it become something the customer sees.
import {
  readConsultAddress,
  readConsultMessageId,
  readMessageId,
  readReplyAddress,
} from '#channels/email/tokens.ts'
import * as consults from '#features/consults/consults.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { after, days } from '#platform/clock/clock.ts'
import { system } from '#platform/events/events.ts'
import { languages } from '#platform/texts/texts.ts'
import { absentUntil } from '#shared/text/absent-until.ts'
import { aboveLines } from '../consult/letter.ts'
import type { Around } from './look-around.ts'
import type { Placed, Receiving } from './receiving.ts'

/** A mail without any sign is taken for an answer that long after the question. */
const remembered = days(30)

export async function takeConsultAnswer(receiving: Receiving, around: Around): Promise<Placed | null> {
  const { tx, message } = receiving
  const [mail] = await consults.mailsById(tx, signsOf(receiving))
  const signed = mail?.consult ?? (around.answerOf && (await consults.consultOf(tx, around.answerOf)))
  if (signed) return take(receiving, around, signed, mail ?? null, 'signed')
  const address = message.from?.value.toLowerCase()
  if (!around.wasAsked || !address || hasOtherSign(receiving, around)) return null
  const asked = await consults.lastAskedOf(tx, address, after(receiving.now, -remembered))
  if (asked.length === 0) return null
  // Which of them he answers nobody can tell: a person does.
  if (asked.length > 1) return alarm(receiving, asked, 'which_consult')
  return take(receiving, around, asked[0]!, null, 'sender')
}

/** The mails of ours that it names, however it does. */
function signsOf({ house: { secrets }, entry, message }: Receiving): string[] {
  const addresses = [...entry.envelopeTo, ...message.addressedTo]
  return [
    ...addresses.flatMap((address) => readConsultAddress(secrets, address) ?? []),
    ...message.references.flatMap((id) => readConsultMessageId(secrets, id) ?? []),
    ...(message.consultMarkers ?? []),
  ]
}

/** It says itself that it belongs to what the customer sees, or brings a customer's mail. */
function hasOtherSign({ house: { secrets }, message }: Receiving, { known }: Around): boolean {
  return (
    message.forwardedFrom !== null ||
    message.verified === false ||
    message.markers.length > 0 ||
    message.addressedTo.some((address) => readReplyAddress(secrets, address) !== null) ||
    message.references.some((id) => readMessageId(secrets, id) !== null || known.has(id))
  )
}

/**
 * A person says where it belongs: an answer to something internal becomes a comment there, whoever wrote it and whatever he
 * was asked about; nothing makes a message of it.
 */
export async function takeInside(receiving: Receiving, around: Around): Promise<Placed | null> {
  const { tx, message, wish } = receiving
  if (wish?.do !== 'join') return null
  const address = message.from?.value.toLowerCase() ?? ''
  const [mail] = await consults.mailsById(tx, signsOf(receiving))
  const signed = mail?.consult ?? (around.answerOf && (await consults.consultOf(tx, around.answerOf)))
  const unsigned = around.wasAsked && !hasOtherSign(receiving, around)
  const asked = unsigned ? await consults.lastAskedOf(tx, address, after(receiving.now, -remembered)) : []
  const row = await conversations.survivor(tx, wish.conversation)
  const consult = asked.find((one) => one.conversation === row?.id) ?? (signed || asked[0])
  if (!consult || !row) return null
  // Put elsewhere, or from the customer's side: what was asked is not answered by it.
  const outside = await consults.onTheOtherSide(tx, row, [address])
  const there = await conversations.survivor(tx, consult.conversation)
  const answers = there?.id === row.id && outside.length === 0
  return write(receiving, around, { row, consult, mail: mail ?? null, by: 'person', answers })
}

async function take(
  receiving: Receiving,
  around: Around,
  consult: consults.ConsultRow,
  mail: consults.ConsultMail | null,
  by: 'signed' | 'sender',
): Promise<Placed | null> {
  const { tx, message } = receiving
  const row = await conversations.survivor(tx, consult.conversation)
  if (!row) return null
  const address = message.from?.value.toLowerCase() ?? ''
  const outside = await consults.onTheOtherSide(tx, row, [address])
  if (outside.length > 0) return alarm(receiving, [consult], 'internal_from_customer')
  return write(receiving, around, { row, consult, mail, by, answers: true })
}

interface Answer {
  /** the conversation it is written into */
  row: conversations.ConversationRow
  consult: consults.ConsultRow
  mail: consults.ConsultMail | null
  by: 'signed' | 'sender' | 'person'
  /** it ends the question */
  answers: boolean
}
async function write(
  receiving: Receiving,
  around: Around,
  { row, consult, mail, by, answers }: Answer,
): Promise<Placed> {
  const { tx, entry, message, attachments, now } = receiving
  const address = message.from?.value.toLowerCase() ?? ''
  const people = await consults.peopleOf(tx, consult.id)
  const person = people.find((one) => one.address === address)
  // Who has the mail that went to this address is he; of any other sender only his domain's word is proof.
  const proven = message.verified === true || (by === 'signed' && mail?.address === address)
  const agent = proven ? (person?.agent ?? around.agents.get(address)?.id ?? null) : null
  const name = person?.name ?? message.from?.name ?? null
  if (message.automatic === 'auto_reply') return absent(receiving, row, consult, name ?? address)
  const invited = person !== undefined || (await consults.isApproved(tx, address))
  const verified = proven ? message.verified : false
  const item = await consults.answer(
    tx,
    row,
    consult,
    {
      ...{ text: wordsOf(receiving), agent, ends: answers },
      ...{ name, address, invited, verified, ledger: entry.id, files: attachments },
    },
    now,
  )
  await consults.rememberAnswer(tx, consult.id, message.messageId)
  const author = agent ? 'agent' : 'collaborator'
  const verdict = { by, author, consult: consult.id, mail: mail?.id ?? null }
  return { outcome: 'comment', conversation: row.id, item, verdict }
}

/** The new words: without what is quoted, and without anything below the line that answers are written above. */
function wordsOf({ message: { text, fold } }: Receiving): string {
  const cut = fold ? text.slice(0, fold.from) + text.slice(fold.to) : text
  const lines = aboveLines(languages).flatMap((line) => {
    const at = cut.indexOf(line)
    return at < 0 ? [] : [at]
  })
  const above = lines.length > 0 ? cut.slice(0, Math.min(...lines)).replace(/[\s>|-]+$/u, '') : cut
  return above.trim() || text.trim()
}

/** Somebody is away: a line in the timeline, with the day he is back where it can be read. */
async function absent(
  { tx, message, now }: Receiving,
  row: conversations.ConversationRow,
  consult: consults.ConsultRow,
  name: string,
): Promise<Placed> {
  const until = absentUntil(`${message.subject ?? ''}\n${message.text}`, now)
  await conversations.changeLocked(tx, row, {
    at: now,
    actor: system,
    kind: 'consult_absent',
    set: {},
    after: { consult: consult.id, to: name, until, asker: consult.asked_by },
    always: true,
  })
  return { outcome: 'ignored', reason: 'absence_note', conversation: row.id, item: null }
}

/** It waits in the mail log; the conversation says so, and whoever asked is told. */
async function alarm(
  { tx, message, now }: Receiving,
  asked: consults.ConsultRow[],
  reason: 'internal_from_customer' | 'which_consult',
): Promise<Placed> {
  for (const consult of asked) {
    const row = await conversations.survivor(tx, consult.conversation)
    if (!row) continue
    await conversations.changeLocked(tx, row, {
      at: now,
      actor: system,
      kind: reason,
      set: {},
      after: { consult: consult.id, to: message.from?.value ?? '', asker: consult.asked_by },
      always: true,
    })
  }
  return { outcome: 'quarantined', reason, conversation: null, item: null }
}
