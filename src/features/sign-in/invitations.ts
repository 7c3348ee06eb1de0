// Journey of a newcomer: an administrator adds him → he gets a link → he chooses a password → he is in.
import { changeAgent, findAgent, joinAgent } from '#features/agents/agents.ts'
import { sendSystemMail } from '#features/outbox/outbox.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { createCredential } from './credentials.ts'
import { makeLink, readLink, takeLink } from './links.ts'
import { checkPassword } from './password-rules.ts'

/** The link an invited agent joins by; older ones of his end. */
export async function makeInvitation(house: House, tx: Db, agent: string): Promise<string> {
  return `${house.url}/invitation/${await makeLink(tx, house.clock.now(), 'invitation', agent)}`
}

/** Mails an invited agent his link; 409 `taken` when he has joined already. */
export async function mailInvitation(house: House, tx: Db, agent: string, inviter: string): Promise<void> {
  const { name, address, language, joined_at } = await tx
    .selectFrom('agents')
    .select(['name', 'address', 'language', 'joined_at'])
    .where('id', '=', agent)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow(() => refuse('not_found'))
  if (joined_at) refuse('taken')
  const params = { name, inviter, link: await makeInvitation(house, tx, agent) }
  await sendSystemMail(house, tx, { kind: 'invitation', to: { name, address }, language, params })
}

export async function readInvitation(
  house: House,
  token: string,
): Promise<{ name: string; address: string }> {
  const agent = await readLink(house.db, house.clock.now(), 'invitation', token)
  const { name, address } = (await findAgent(house.db, agent))!
  return { name, address }
}

/** Takes an invitation: the link is used up, the person has a password. @returns his address */
export async function takeInvitation(
  house: House,
  token: string,
  { password, name }: { password: string; name?: string },
): Promise<string> {
  const at = house.clock.now()
  return inTransaction(house.db, async (tx) => {
    const id = await takeLink(tx, at, 'invitation', token)
    const by: By = { at, actor: { kind: 'agent', id } }
    const { address, name: invitedAs } = (await findAgent(tx, id))!
    checkPassword(password, address, 'password')
    if (name !== undefined) await changeAgent(tx, by, id, { name })
    const authUser = await createCredential(house, tx, { name: name ?? invitedAs, address, password })
    await joinAgent(tx, by, id, authUser)
    return address
  })
}
