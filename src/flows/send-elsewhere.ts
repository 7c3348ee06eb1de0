// A recipient was not reached: the same message goes to another address of the same person.
import type { MailboxInput } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { ownAddresses } from '#features/inboxes/inboxes.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { Writing } from './send-reply.ts'
import { lockFor } from './sending/announce.ts'
import { readNamed } from './sending/recipients.ts'

/** @param instead the address that failed. 409 `already_sending` when nothing has failed there */
export async function sendElsewhere(
  tx: Db,
  { house, writer }: Pick<Writing, 'house' | 'writer'>,
  message: string,
  { instead, to }: { instead: string; to: MailboxInput },
): Promise<void> {
  const at = house.clock.now()
  const { row } = await lockFor(tx, message)
  if (!(await conversations.sees(tx, writer, row.id))) refuse('not_found')
  const address = readNamed({ to: [to] }).to?.[0]?.address ?? refuseField('to', 'required')
  if ((await ownAddresses(tx)).has(address.replace(/\+[^@]*@/, '@'))) refuseField('to', 'own_address')
  if (!(await deliveries.redirect(tx, message, { from: instead, to: address }, at))) refuse('already_sending')
  await conversations.readdress(tx, message, instead, address)
  await append(tx, {
    at,
    actor: { kind: 'agent', id: writer },
    kind: 'sending_redirected',
    conversation: row.id,
    item: message,
    before: { recipient: instead },
    after: { recipient: address },
  })
}
