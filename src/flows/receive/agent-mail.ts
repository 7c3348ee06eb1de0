// An agent answers a mail of news from his own mailbox. Known by its signed token, Message-ID or mark, before anything
// is threaded. His words become an internal comment; they go to the customer only where he says so (`/reply`, or his
// setting) and it is proven that the mail is his. Anybody else's answer waits in quarantine, whatever it says.
import { readNoticeAddress, readNoticeMessageId } from '#channels/email/tokens.ts'
import { settingsOf } from '#features/agents/agents.ts'
import * as attachments from '#features/attachments/attachments.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as drafts from '#features/drafts/drafts.ts'
import * as notifications from '#features/notifications/notifications.ts'
import * as outbox from '#features/outbox/outbox.ts'
import { type Db, inSavepoint } from '#platform/db/db.ts'
import { Refusal } from '#platform/errors/refuse.ts'
import { languages, text as say } from '#platform/texts/texts.ts'
import { answersGoOut } from '#shared/notifications/choices.ts'
import { type MailCommands, mailCommands } from '#shared/text/mail-commands.ts'
import { write } from '../send-reply.ts'
import type { Around } from './look-around.ts'
import type { Placed, Receiving } from './receiving.ts'

type Row = conversations.ConversationRow
interface Answering {
  receiving: Receiving
  agent: { id: string; name: string }
  row: Row
  /** the newest item he had before him */
  lastSeen: string
  language: string
}

export async function takeAgentMail(receiving: Receiving, around: Around): Promise<Placed | null> {
  const { tx, message, wish } = receiving
  if (wish?.do === 'start') return null
  const signs = signsOf(receiving)
  if (signs.length === 0) return null
  const notice = await notifications.noticeOf(tx, signs)
  const elsewhere = wish ? wish.conversation : notice?.conversation
  const row = elsewhere ? await conversations.survivor(tx, elsewhere) : null
  if (message.automatic === 'auto_reply')
    return { outcome: 'ignored', reason: 'absence_note', conversation: row?.id ?? null, item: null }
  const writer = around.agents.get(message.from?.value.toLowerCase() ?? '')
  const proven = message.verified === true && message.automatic === null
  // Who has the mail that went to this address is he, unless his domain says that he is not.
  const his = writer !== undefined && (proven || (writer.id === notice?.agent && message.verified === null))
  // A person puts it somewhere: there it stays among colleagues, whoever wrote it.
  if (wish) return row && keepInside(receiving, row, his ? writer : null)
  if (!notice || !row || !his) return aside('notice_not_his')
  if (!(await conversations.sees(tx, writer.id, row.id))) return aside('notice_not_seen')
  const { language, notifications: choices } = await settingsOf(tx, writer.id)
  const answering = { receiving, agent: writer, row, lastSeen: notice.item, language }
  const said = mailCommands(wordsOf(receiving))
  const out = said.to === null ? answersGoOut(choices) && proven : said.to === 'customer'
  return carryOut(answering, said, { out, proven })
}

const aside = (reason: string): Placed => ({ outcome: 'quarantined', reason, conversation: null, item: null })

function signsOf({ house: { secrets }, entry, message }: Receiving): string[] {
  const addresses = [...entry.envelopeTo, ...message.addressedTo]
  return [
    ...addresses.flatMap((address) => readNoticeAddress(secrets, address) ?? []),
    ...message.references.flatMap((id) => readNoticeMessageId(secrets, id) ?? []),
    ...(message.noticeMarks ?? []),
  ]
}

/** The new words: without what is quoted, and without anything below the line that answers are written above. */
function wordsOf({ message: { text, fold } }: Receiving): string {
  const cut = fold ? text.slice(0, fold.from) + text.slice(fold.to) : text
  const lines = languages.flatMap((language) =>
    ['above', 'aboveOut'].flatMap((key) => {
      const at = cut.indexOf(say(language, `notifications:mail.${key}`))
      return at < 0 ? [] : [at]
    }),
  )
  return (lines.length > 0 ? cut.slice(0, Math.min(...lines)).replace(/[\s>|-]+$/u, '') : cut).trim()
}

interface Wanted {
  assign: { kind: 'agent' | 'team'; id: string } | null
  status: Awaited<ReturnType<typeof conversations.statusNamed>> | null
}

/** All of it, or nothing but the words: those are kept, and he is told why. */
async function carryOut(
  answering: Answering,
  said: MailCommands,
  { out, proven }: { out: boolean; proven: boolean },
): Promise<Placed> {
  const { problems, wanted } = await wantedOf(answering, said, { out, proven })
  if (problems.length > 0) return keepAndTell(answering, said.text, problems)
  if (out) {
    try {
      return await inSavepoint(answering.receiving.tx, () => reply(answering, said.text, wanted))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return keepAsDraft(answering, said.text, error)
    }
  }
  try {
    return await inSavepoint(answering.receiving.tx, () => note(answering, said.text, wanted))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return keepAndTell(answering, said.text, [reasonOf(error, answering.language)])
  }
}

async function wantedOf(
  { receiving: { tx, attachments: files }, agent, language }: Answering,
  said: MailCommands,
  { out, proven }: { out: boolean; proven: boolean },
): Promise<{ problems: string[]; wanted: Wanted }> {
  const tell = (key: string, params: object = {}) =>
    say(language, `notifications:problem.${key}`, { ...params })
  const problems = said.wrong.map((line) => tell('command', { line }))
  const commands = out || said.close || said.assign !== null || said.status !== null
  if (commands && !proven) problems.push(tell('unproven'))
  if (out && said.text === '' && files.length === 0) problems.push(tell('empty'))
  const wanted: Wanted = { assign: null, status: null }
  if (said.assign) {
    wanted.assign = await assigneeOf(tx, said.assign, agent.id)
    if (!wanted.assign) problems.push(tell('assign', { who: said.assign }))
  }
  const status = said.close ? 'solved' : said.status
  if (status) {
    try {
      wanted.status = await conversations.statusNamed(
        tx,
        status.toLowerCase() === 'closed' ? 'solved' : status,
      )
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(tell('status', { status }))
    }
  }
  return { problems, wanted }
}

/** By address or name, whole or its beginning, where that is one person's; else a team of this name. */
async function assigneeOf(tx: Db, who: string, me: string): Promise<Wanted['assign']> {
  const name = who.replace(/^@/, '').trim().toLowerCase()
  if (/^(me|мне|я)$/.test(name)) return { kind: 'agent', id: me }
  const agents = await tx
    .selectFrom('agents')
    .select(['id', 'name', 'address'])
    .where('removed_at', 'is', null)
    .execute()
  const matches = (test: (one: (typeof agents)[number]) => boolean) => agents.filter(test)
  for (const found of [
    matches(({ address }) => address.toLowerCase() === name),
    matches((one) => one.name.toLowerCase() === name),
    matches((one) => one.name.toLowerCase().split(/\s+/).includes(name)),
  ]) {
    if (found.length === 1) return { kind: 'agent', id: found[0]!.id }
    if (found.length > 1) return null
  }
  const teams = await tx.selectFrom('teams').select(['id', 'name']).where('removed_at', 'is', null).execute()
  const team = teams.filter((one) => one.name.toLowerCase() === name)
  return team.length === 1 ? { kind: 'team', id: team[0]!.id } : null
}

/** To the customer, under the guard as any reply: what came since the mail was written stops it. */
async function reply(answering: Answering, words: string, { assign, status }: Wanted): Promise<Placed> {
  const { receiving, agent, row, lastSeen, language } = answering
  const { tx, house, channel, entry, now } = receiving
  const uploads = await attachments.addLoose(tx, agent.id, receiving.attachments, now)
  const writing = { house, channels: channel, writer: agent.id, language }
  const item = await write(tx, writing, row.id, {
    text: words,
    lastSeen,
    attachments: uploads,
    then: {
      ...(status ? { status: status.name ?? status.category } : {}),
      ...(assign?.kind === 'agent' ? { assignee: assign.id } : {}),
    },
  })
  await tx.updateTable('messages').set({ ledger: entry.id }).where('id', '=', item.id).execute()
  if (assign?.kind === 'team') {
    const by = { actor: { kind: 'agent' as const, id: agent.id }, at: now }
    await conversations.handToTeam(tx, await conversations.lock(tx, row.id), assign.id, by)
  }
  return { ...placed(row, item.id), reason: 'reply_by_mail' }
}

/** For colleagues: words as a comment, then what else he wants done. */
async function note(answering: Answering, words: string, { assign, status }: Wanted): Promise<Placed> {
  const { receiving, agent, row } = answering
  const by = { actor: { kind: 'agent' as const, id: agent.id }, at: receiving.now }
  const kept =
    words || receiving.attachments.length > 0 ? await comment(receiving, row, agent.id, words) : null
  let next = kept?.row ?? row
  if (assign?.kind === 'agent') next = await conversations.assign(receiving.tx, next, assign.id, by)
  if (assign?.kind === 'team') next = await conversations.handToTeam(receiving.tx, next, assign.id, by)
  if (status) await conversations.setStatus(receiving.tx, next, status, by)
  return placed(row, kept?.id ?? null)
}

async function comment(
  { tx, entry, attachments: files, now }: Receiving,
  row: Row,
  agent: string,
  words: string,
) {
  const uploads = await attachments.addLoose(tx, agent, files, now)
  const said = { text: words, html: null, mentions: [], stop: false, attachments: uploads, ledger: entry.id }
  return conversations.comment(tx, row, said, { actor: { kind: 'agent', id: agent }, at: now })
}

const placed = ({ id }: Row, item: string | null): Placed => ({
  outcome: 'comment',
  conversation: id,
  item,
  verdict: { by: 'signed', author: 'agent' },
})

/** Somebody put it here by hand: a comment of the agent who wrote it, else of whoever it says it is. */
async function keepInside(receiving: Receiving, row: Row, agent: { id: string } | null): Promise<Placed> {
  const { tx, entry, message, now } = receiving
  const words = wordsOf(receiving) || message.text.trim()
  if (agent) return placed(row, (await comment(receiving, row, agent.id, words)).id)
  const address = message.from?.value.toLowerCase() ?? ''
  const kept = await conversations.comment(
    tx,
    row,
    {
      ...{ text: words, html: null, mentions: [], stop: false, attachments: [] },
      answer: {
        ...{ consult: null, name: message.from?.name ?? null, address, invited: null },
        ...{ verified: message.verified, ledger: entry.id, files: receiving.attachments },
      },
    },
    { actor: { kind: 'collaborator', id: null }, at: now },
  )
  return placed(row, kept.id)
}

/** Nothing he wrote is lost: it waits as a draft, stopped, with what he had seen. */
async function keepAsDraft(answering: Answering, words: string, refusal: Refusal): Promise<Placed> {
  const { receiving, agent, row, lastSeen, language } = answering
  const { tx, now } = receiving
  const uploads = await attachments.addLoose(tx, agent.id, receiving.attachments, now)
  await drafts.saveBelow(tx, row.id, agent.id, { text: words, attachments: uploads, lastSeen }, now)
  await tell(answering, [reasonOf(refusal, language)], 'draft')
  return placed(row, null)
}

async function keepAndTell(answering: Answering, words: string, problems: string[]): Promise<Placed> {
  const { receiving, agent, row } = answering
  const any = words || receiving.attachments.length > 0
  const kept = any ? await comment(receiving, row, agent.id, words) : null
  await tell(answering, problems, kept ? 'comment' : null)
  return placed(row, kept?.id ?? null)
}

const reasonOf = (refusal: Refusal, language: string) =>
  say(language, `errors:${refusal.code}`, { ...refusal.params })

async function tell(
  { receiving: { tx, house, message }, agent, row, language }: Answering,
  problems: string[],
  kept: 'draft' | 'comment' | null,
): Promise<void> {
  const tells = (key: string, params: object = {}) => say(language, `notifications:${key}`, { ...params })
  const address = message.from?.value
  if (!address) return
  await outbox.sendSystemLetter(house, tx, {
    kind: 'agent_mail',
    to: { name: agent.name, address },
    subject: tells('problem.subject', { number: tells('number', { number: row.id }) }),
    text: [
      tells('problem.hello', { name: agent.name }),
      ...problems,
      [...(kept ? [tells(`problem.${kept}`)] : []), `${house.url}/conversations/${row.id}`].join('\n'),
    ].join('\n\n'),
  })
}
