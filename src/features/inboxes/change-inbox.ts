import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { homeTeam, setSeenBy } from './add-inbox.ts'
import { checkAddress, refuseTakenAddress, setAliases } from './addresses.ts'
import type { Inbox, InboxInput } from './inboxes.contract.ts'
import { findInbox } from './queries.ts'

/** Changes what is given. 422 names the field that cannot be taken. */
export async function changeInbox(tx: Db, by: By, id: string, change: Partial<InboxInput>): Promise<void> {
  await tx.selectFrom('inboxes').select('id').where('id', '=', id).forUpdate().execute()
  const before = (await findInbox(tx, id)) ?? refuse('not_found')
  if (change.name?.trim() === '') refuseField('name', 'required')
  await changeAddresses(tx, before, change)
  await tx
    .updateTable('inboxes')
    .set({
      // What is undefined stays as it is.
      name: change.name?.trim() ?? before.name,
      team: change.team === undefined ? undefined : await homeTeam(tx, change.team),
      signature: change.signature,
      quote: change.quote,
      sender_name: change.senderName,
      guard: change.guard,
      plus_addressing: change.plusAddressing,
      acknowledges: change.acknowledges,
      acknowledgement: change.acknowledgement,
    })
    .where('id', '=', id)
    .execute()
  if (change.teams !== undefined) await setSeenBy(tx, id, change.teams)
  const after = await findInbox(tx, id)
  await append(tx, { ...by, kind: 'inbox_changed', before: { ...before }, after: { inbox: id, ...after } })
}

/** Aliases go first and come last, so that an address and an alias can change places. */
async function changeAddresses(tx: Db, before: Inbox, change: Partial<InboxInput>) {
  if (change.address === undefined && change.aliases === undefined) return
  const aliases = change.aliases ?? before.aliases
  await setAliases(tx, before.id, before.address, [])
  const address =
    change.address === undefined
      ? before.address
      : await checkAddress(tx, change.address, 'address', before.id)
  await tx
    .updateTable('inboxes')
    .set({ address })
    .where('id', '=', before.id)
    .execute()
    .catch(refuseTakenAddress)
  await setAliases(
    tx,
    before.id,
    address,
    change.aliases ? aliases : aliases.filter((alias) => alias !== address),
  )
}
