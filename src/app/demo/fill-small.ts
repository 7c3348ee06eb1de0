// The small desk, played by the real ways: its customers' mails go through the flow that every mail goes through, its
// agents use the verbs the API uses, with a clock that is set to each step's time. Only sending is left out: answers
// are there as sent, nothing leaves the house.
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import * as conversations from '#features/conversations/conversations.ts'
import { openReceiver, type Receiver } from '#flows/receive/receiver.ts'
import { after, hours } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { append as appendEvent, type By, system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { preview } from '#shared/text/new-words.ts'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { openChannels } from '../channels.ts'
import type { Cast, DemoAgent } from './cast.ts'
import { somebody } from './names.ts'
import { chance as chanceOf } from './random.ts'
import { longStories, type Step, type Story, shortStories } from './stories.ts'

interface Playing {
  house: House
  receiver: Receiver
  cast: Cast
  story: Story
  inbox: { id: string; address: string }
  /** null until its first mail is in */
  conversation: string | null
  /** the customer's last Message-ID, which his next mail answers */
  lastId: string | null
}

/** @returns how many conversations began */
export async function fillSmall(house: House, cast: Cast, seed: number): Promise<number> {
  const now = house.clock.now()
  let at = now
  const then: House = { ...house, clock: { now: () => at } }
  const channels = openChannels(then)
  const receiver = openReceiver(then, { channel: channels.reader, works: true })
  const told = [...longStories, ...madeStories(seed)]
  const acts = told
    .flatMap((story) => {
      const inbox = cast.inboxes.find((one) => one.team === story.team)!
      const playing: Playing = { house: then, receiver, cast, story, inbox, conversation: null, lastId: null }
      return story.steps.map((step) => ({ playing, step, at: after(now, hours(step.after - story.ago)) }))
    })
    .filter((act) => act.at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  try {
    for (const act of acts) {
      at = act.at
      await play(act.playing, act.step, at, now)
    }
  } finally {
    await receiver.close()
    await channels.close()
  }
  return told.length
}

/** Forty short ones by people from everywhere, over four weeks, most of them long answered. */
function madeStories(seed: number): Story[] {
  const chance = chanceOf(seed)
  return Array.from({ length: 40 }, (_, n): Story => {
    const told = shortStories[n % shortStories.length]!
    let person = somebody(n, chance)
    while (person.tongue !== told.tongue) person = somebody(n, chance)
    const ago = n < 10 ? chance.whole(1, 30) : chance.whole(30, 28 * 24)
    const by = chance.whole(0, 7)
    const hello = told.tongue === 'ru' ? 'Здравствуйте!' : 'Hello,'
    const steps: Step[] = [{ is: 'in', after: 0, text: `${hello}\n\n${told.text}\n\n${person.name}` }]
    if (ago > 12) {
      steps.push({ is: 'assign', after: 1, by, to: by })
      steps.push({ is: 'out', after: 2, by, text: told.answer, then: 'pending' })
    }
    if (ago > 60) steps.push({ is: 'close', after: chance.whole(20, 50), by })
    return { name: person.name, address: person.address, team: told.team, subject: told.subject, ago, steps }
  })
}

async function play(playing: Playing, step: Step, at: Date, now: Date): Promise<void> {
  if (step.is === 'in') return write(playing, step, at)
  const { conversation, cast } = playing
  if (!conversation) return
  const agent = cast.agents[step.by]!
  const by: By = { at, actor: { kind: 'agent', id: agent.id } }
  await inTransaction(playing.house.db, async (tx) => {
    const row = await conversations.lock(tx, conversation)
    switch (step.is) {
      case 'out':
        return answer(tx, playing, row, agent, step, by)
      case 'comment':
        return say(tx, row, agent, step, by, cast)
      case 'assign':
        return void (await conversations.assign(tx, row, cast.agents[step.to]!.id, by))
      case 'tag':
        return void (await conversations.tag(tx, row, step.name, by))
      case 'priority':
        return void (await conversations.prioritise(tx, row, step.to, by))
      case 'close':
        return void (await conversations.close(tx, row, by))
      case 'snooze':
        return void (await conversations.snooze(tx, row, after(now, hours(step.until)), by))
      case 'spam':
        return void (await conversations.markSpam(tx, row, by))
      case 'trash':
        return void (await conversations.trash(tx, row, by))
    }
  })
}

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
const photo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="#e8e4da"/><path d="M60 160 L120 60 L180 160 Z" fill="#7aa"/><path d="M190 170 l30 -40 20 25 30 -60 10 75 z" fill="#a66"/></svg>'
const attachments = {
  photo: [{ filename: 'photo.svg', contentType: 'image/svg+xml', content: photo }],
  invoice: [
    {
      filename: 'платёж-2041.txt',
      contentType: 'text/plain; charset=utf-8',
      content: 'Платёж по счёту 2041: 18 400 ₽, два раза.\n',
    },
  ],
}

/** The customer writes: a mail as a mail program would make it, through the whole way in. */
async function write(playing: Playing, step: Extract<Step, { is: 'in' }>, at: Date): Promise<void> {
  const { story, inbox, receiver } = playing
  const messageId = `<demo-${at.getTime()}-${story.address}>`
  const replyTo = story.form ? { replyTo: /^E-mail: (\S+)/m.exec(step.text)![1]! } : {}
  const { message } = await composer.sendMail({
    from: { name: story.name, address: story.address },
    to: inbox.address,
    cc: step.cc,
    ...replyTo,
    subject: `${playing.lastId ? 'Re: ' : ''}${story.subject}`,
    text: step.text,
    html: step.html,
    date: at,
    messageId,
    inReplyTo: playing.lastId ?? undefined,
    attachments: step.attach ? attachments[step.attach] : [],
    headers: step.automatic ? { 'Auto-Submitted': 'auto-replied' } : {},
  })
  const [receipt] = await receiver.receive({
    door: 'demo',
    channel: null,
    kind: null,
    inboxes: [inbox.id],
    sourceKey: null,
    raw: message as Buffer,
    envelopeFrom: story.address,
    envelopeTo: [inbox.address],
    mode: 'live',
    remote: null,
    wait: true,
  })
  const settled = await receipt!.settled
  playing.conversation ??= settled?.conversation ?? null
  playing.lastId = messageId
}

async function answer(
  tx: Db,
  { inbox, story, lastId }: Playing,
  row: conversations.ConversationRow,
  agent: DemoAgent,
  step: Extract<Step, { is: 'out' }>,
  by: By,
): Promise<void> {
  const to = { name: story.name, address: row.customer_address ?? story.address }
  const { message, conversation } = await conversations.append(
    tx,
    row,
    {
      direction: 'out',
      medium: 'mail',
      channel: null,
      at: by.at,
      author: { kind: 'agent', id: agent.id, name: agent.name, address: agent.address },
      subject: `Re: ${row.subject}`,
      text: step.text,
      html: textToHtml(step.text),
      from: { name: agent.name, address: inbox.address },
      to: [to],
      cc: [],
      inReplyTo: lastId?.slice(1, -1) ?? null,
      attachments: [],
      preview: preview(step.text),
    },
    { now: by.at },
  )
  await tx
    .insertInto('deliveries')
    .values({
      message,
      recipient: to.address,
      state: 'sent',
      attempts: 1,
      first_tried_at: by.at,
      settled_at: by.at,
    })
    .execute()
  await sql`insert into delivery_counts (shard, total) values (0, 1)
    on conflict (shard) do update set total = delivery_counts.total + 1`.execute(tx)
  await appendEvent(tx, {
    ...{ at: by.at, actor: system, kind: 'message_sent' },
    ...{ conversation: row.id, item: message, after: { recipients: [to.address] } },
  })
  await conversations.setStatus(tx, conversation, { category: step.then ?? 'pending', name: null }, by)
}

/** A comment, with a mention that lets the mentioned one see the conversation. */
async function say(
  tx: Db,
  row: conversations.ConversationRow,
  agent: DemoAgent,
  { text, mention }: Extract<Step, { is: 'comment' }>,
  { at, actor }: By,
  cast: Cast,
): Promise<void> {
  const position = row.last_position + 1
  const mentioned = mention === undefined ? null : cast.agents[mention]!
  const { id: item } = await tx
    .insertInto('comments')
    .values({
      conversation: row.id,
      position,
      at,
      author_kind: 'agent',
      author_id: agent.id,
      author_name: agent.name,
      text: mentioned ? `@${mentioned.name} ${text}` : text,
      mentions: mentioned ? [mentioned.id] : [],
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('conversations')
    .set({ last_position: position, last_item: item, last_activity_at: at, updated_at: at })
    .where('id', '=', row.id)
    .execute()
  if (mentioned)
    await tx
      .insertInto('conversation_access')
      .values({ conversation: row.id, agent: mentioned.id, because: 'mentioned', granted_at: at, position })
      .onConflict((known) => known.columns(['conversation', 'agent', 'because']).doUpdateSet({ position }))
      .execute()
  await appendEvent(tx, { at, kind: 'commented', actor, conversation: row.id, item, after: { position } })
}
