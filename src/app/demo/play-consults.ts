// Questions to colleagues and partners in the small desk. What they are mailed stays in the test mailbox; the open ones
// really go there, with a link that answers.
import { consultMessageId } from '#channels/email/tokens.ts'
import * as consults from '#features/consults/consults.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { after, days, hours } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { type By, system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Cast } from './cast.ts'
import type { Asked, Step, Story } from './stories.ts'

export async function ask(
  tx: Db,
  { house, cast, story }: { house: House; cast: Cast; story: Story },
  row: conversations.ConversationRow,
  { of, text }: Extract<Step, { is: 'ask' }>,
  by: By & { agent: string },
): Promise<void> {
  const wanted = (one: Asked): consults.Wanted => {
    if ('team' in one) return { kind: 'team', id: cast.teams[one.team] }
    return 'agent' in one ? { kind: 'agent', id: cast.agents[one.agent]!.id } : one
  }
  const whom = await consults.whomOf(tx, row, [wanted(of)], by.agent, by.at)
  const words = { text, html: null, mentions: [], stop: false, attachments: [] }
  const written = await conversations.comment(tx, row, words, by)
  const asked = await consults.ask(
    tx,
    written.row,
    {
      question: written.id,
      whom,
      include: {},
      answerBy: after(by.at, hours(4)),
      messageId: (mail) => consultMessageId(house.secrets, mail, 'example.com'),
    },
    by,
  )
  const ends = story.steps.some(({ is }) => is === 'told' || is === 'unask')
  for (const mail of asked.mails)
    if (ends) await consults.noteSent(tx, mail, by.at)
    else await addJob(tx, 'post_consult_mail', { mail })
}

/** What becomes of the question asked last. */
export async function goesOn(
  tx: Db,
  row: conversations.ConversationRow,
  step: Extract<Step, { is: 'told' | 'away' | 'unask' }>,
  by: By,
): Promise<void> {
  const { id } = await tx
    .selectFrom('consults')
    .select('id')
    .where('conversation', '=', row.id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const consult = await consults.lockConsult(tx, id)
  const [person] = await consults.peopleOf(tx, id)
  const name = person?.name ?? person?.address ?? ''
  if (step.is === 'unask') return void (await consults.withdraw(tx, row, id, by))
  if (step.is === 'away') {
    const until = after(by.at, days(step.until)).toISOString().slice(0, 10)
    const told = { consult: id, to: name, until, asker: consult.asked_by }
    const event = { at: by.at, actor: system, kind: 'consult_absent', set: {}, after: told, always: true }
    return void (await conversations.changeLocked(tx, row, event))
  }
  const origin = {
    name,
    address: person?.address ?? '',
    invited: true,
    verified: true,
    ledger: null,
    files: [],
  }
  const told = { text: step.text, agent: person?.agent ?? null, ends: true, ...origin }
  await consults.answer(tx, row, consult, told, by.at)
}
