import {
  readBounceAddress,
  readConsultAddress,
  readConsultMessageId,
  readMessageId,
} from '#channels/email/tokens.ts'
import * as consults from '#features/consults/consults.ts'
import { tellFailed } from '../consult/post.ts'
import { bounced } from '../sending/bounced.ts'
import type { Placed, Receiving } from './receiving.ts'

/**
 * A bounce goes to the message it speaks of: by the token in our return path, else by a signed Message-ID inside it.
 * One that speaks of nothing of ours is kept all the same and shows in the mail log.
 */
export async function takeBounce(receiving: Receiving): Promise<Placed> {
  const internal = await takeConsultBounce(receiving)
  if (internal) return internal
  const message = await messageOf(receiving)
  const complaint = receiving.message.bounce?.kind === 'feedback'
  const reason = complaint ? 'feedback' : message ? null : 'nothing_of_ours'
  if (!message) return { outcome: 'bounce', reason, conversation: null, item: null }
  const { tx, now } = receiving
  if (receiving.message.bounce) await bounced(tx, message.id, receiving.message.bounce, now)
  return { outcome: 'bounce', reason, conversation: message.conversation, item: message.id }
}

/** A mail that asked somebody inside came back: told at the question, and to whoever asked. */
async function takeConsultBounce({ tx, house, message, entry, now }: Receiving): Promise<Placed | null> {
  const addresses = [...entry.envelopeTo, ...message.addressedTo]
  const ids = [
    ...addresses.flatMap((address) => readConsultAddress(house.secrets, address) ?? []),
    ...(message.bounce?.messageIds ?? []).flatMap((id) => readConsultMessageId(house.secrets, id) ?? []),
  ]
  const [mail] = await consults.mailsById(tx, ids)
  if (!mail) return null
  const { conversation, question } = mail.consult
  const { text = '', final = true } = message.bounce ?? {}
  if (final) await tellFailed(tx, mail, conversation, text, now)
  return { outcome: 'bounce', reason: null, conversation, item: question }
}

async function messageOf({ tx, house, message, entry }: Receiving) {
  const addresses = [...entry.envelopeTo, ...message.addressedTo]
  const byPath = addresses.flatMap((address) => readBounceAddress(house.secrets, address) ?? [])
  const signed = (message.bounce?.messageIds ?? []).filter((id) => readMessageId(house.secrets, id))
  if (byPath.length === 0 && signed.length === 0) return undefined
  return tx
    .selectFrom('messages')
    .select(['id', 'conversation'])
    .where('direction', '=', 'out')
    .where((where) =>
      where.or([where('id', '=', byPath[0] ?? null), where('message_id', 'in', [...signed, ''])]),
    )
    .orderBy('id')
    .executeTakeFirst()
}
