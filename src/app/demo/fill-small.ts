// The small desk, played by the real ways: its customers' mails go through the flow that every mail goes through, its
// agents use the verbs the API uses, with a clock that is set to each step's time. Only sending is left out: answers
// are there as sent, nothing leaves the house; what leaves later really does, into the test mailbox.
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { save as saveDraft } from '#features/drafts/save.ts'
import { openReceiver, type Receiver } from '#flows/receive/receiver.ts'
import { type Writing, write as writeReply } from '#flows/send-reply.ts'
import { announce, lockFor } from '#flows/sending/announce.ts'
import { startConversation } from '#flows/start-conversation.ts'
import { after, hours } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { append as appendEvent, type By, system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { preview } from '#shared/text/new-words.ts'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { openChannels } from '../channels.ts'
import { openWaysOut, type WaysOut } from '../ways-out.ts'
import type { Cast, DemoAgent } from './cast.ts'
import { attachments } from './files.ts'
import { furnish } from './furnish.ts'
import { moreStories } from './more-stories.ts'
import { somebody } from './names.ts'
import { ask, goesOn } from './play-consults.ts'
import { type Chance, chance as chanceOf } from './random.ts'
import { shortStories } from './short-stories.ts'
import { longStories, type Step, type Story } from './stories.ts'

interface Playing {
  house: House
  receiver: Receiver
  out: WaysOut
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
  const out = openWaysOut(then)
  const told = [...longStories, ...moreStories, ...madeStories(seed, now)]
  const acts = told
    .flatMap((story) => {
      const inbox = cast.inboxes.find(
        (one) => one.address === story.inbox || (!story.inbox && one.team === story.team),
      )!
      const playing: Playing = {
        ...{ house: then, receiver, out, cast, story, inbox },
        ...{ conversation: null, lastId: null },
      }
      return story.steps.map((step) => ({ playing, step, at: after(now, hours(step.after - story.ago)) }))
    })
    .filter((act) => act.at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  try {
    for (const act of acts) {
      at = act.at
      await play(act.playing, act.step, at, now)
    }
    at = now
    await furnish(house, cast)
  } finally {
    await out.close()
    await receiver.close()
    await channels.close()
  }
  return told.length
}

/** Short ones by people from everywhere, over four weeks, most of them long answered. */
function madeStories(seed: number, now: Date): Story[] {
  const chance = chanceOf(seed)
  return Array.from({ length: 72 }, (_, n): Story => {
    const told = shortStories[n % shortStories.length]!
    let person = somebody(n, chance)
    while (person.tongue !== told.tongue) person = somebody(n, chance)
    const ago = n < 12 ? chance.whole(1, 30) : hoursSince(workingTime(now, chance), now)
    const by = chance.whole(0, 8)
    const hello = told.tongue === 'ru' ? 'Здравствуйте!' : 'Hello,'
    const steps: Step[] = [{ is: 'in', after: 0, text: `${hello}\n\n${told.text}\n\n${person.name}` }]
    // Most are answered within two hours, some only the next day.
    const answered = chance.happens(0.8) ? 0.2 + chance.next() * 2 : 3 + chance.next() * 20
    if (ago > 24) {
      steps.push({ is: 'assign', after: answered / 2, by, to: by })
      steps.push({ is: 'out', after: answered, by, text: told.answer, then: 'pending' })
    }
    if (ago > 60) {
      const closed = answered + chance.whole(20, 30)
      steps.push({ is: 'close', after: closed, by })
      if (n % 9 === 0) steps.push(...cameBack(told.tongue, closed, by))
    }
    return { name: person.name, address: person.address, team: told.team, subject: told.subject, ago, steps }
  })
}

const cameBack = (tongue: 'en' | 'ru', closed: number, by: number): Step[] => [
  {
    is: 'in',
    after: closed + 4,
    text:
      tongue === 'ru'
        ? 'И ещё вопрос: на второй заказ это тоже распространяется?'
        : 'One more thing: does that hold for my second order, too?',
  },
  {
    is: 'out',
    after: closed + 6,
    by,
    text: tongue === 'ru' ? 'Да, на оба.' : 'Yes, for both.',
    then: 'solved',
  },
]

/** Some time in the last four weeks; people write by day, on working days most, before noon most. */
function workingTime(now: Date, chance: Chance): Date {
  for (;;) {
    const at = after(now, -hours(30 + chance.next() * 26 * 24))
    const day = at.getDay()
    if ((day === 0 || day === 6) && !chance.happens(0.3)) continue
    at.setHours(7 + Math.floor((chance.next() + chance.next()) * 7), chance.whole(0, 59))
    if (hoursSince(at, now) > 30) return at
  }
}
const hoursSince = (at: Date, now: Date) => (now.getTime() - at.getTime()) / hours(1)

async function play(playing: Playing, step: Step, at: Date, now: Date): Promise<void> {
  if (step.is === 'in') return write(playing, step, at)
  if (step.is === 'call') return noteCall(playing, step)
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
        return say(tx, row, step, by, cast)
      case 'later':
        return replyLater(tx, playing, row, step, now)
      case 'draft': {
        const text = { text: step.text, html: textToHtml(step.text) }
        return saveDraft(tx, row.id, agent.id, step.of, { ...text, lastSeen: row.last_item }, at)
      }
      case 'ask':
        return ask(tx, playing, row, step, { ...by, agent: agent.id })
      case 'told':
      case 'away':
      case 'unask':
        return goesOn(tx, row, step, by)
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
      author: step.automatic
        ? { ...system, name: 'Wholesale', address: null }
        : { kind: 'agent', id: agent.id, name: agent.name, address: agent.address },
      automatic: step.automatic ? 'acknowledgement' : null,
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
  if (step.refused) return refuseIt(tx, message, to.address, step.refused, by, agent)
  if (!step.automatic) await markSent(tx, message, conversation.id, to.address, by.at)
  await conversations.setStatus(tx, conversation, { category: step.then ?? 'pending', name: null }, by)
}

async function markSent(tx: Db, message: string, conversation: string, recipient: string, at: Date) {
  await tx
    .insertInto('deliveries')
    .values({ message, recipient, state: 'sent', attempts: 1, first_tried_at: at, settled_at: at })
    .execute()
  await sql`insert into delivery_counts (shard, total) values (0, 1)
    on conflict (shard) do update set total = delivery_counts.total + 1`.execute(tx)
  await appendEvent(tx, {
    ...{ at, actor: system, kind: 'message_sent' },
    ...{ conversation, item: message, after: { recipients: [recipient] } },
  })
}

/** The customer's server will not have it: tried once, for good, and back with its author. */
async function refuseIt(
  tx: Db,
  message: string,
  address: string,
  words: string,
  { at }: By,
  agent: DemoAgent,
) {
  const due = { state: 'queued' as const, dueAt: at, channel: null }
  const recipients = [{ address, role: 'to' as const }]
  await deliveries.plan(tx, { ...due, message, kind: 'reply', agent: agent.id, recipients, quote: 'none' })
  const claim = await deliveries.claim(tx, { channel: null, by: 'demo', now: at })
  if (!claim) throw new Error('the refused mail was not queued')
  const outcome = { recipient: address, outcome: 'failed' as const, code: '550', text: `550 ${words}` }
  const settling = await lockFor(tx, message)
  await announce(tx, settling, await deliveries.settle(tx, claim, [outcome], at), at)
}

/** Somebody rang: noted down as the agent would, by the flow behind "New call". */
async function noteCall(playing: Playing, step: Extract<Step, { is: 'call' }>): Promise<void> {
  const { house, story, inbox, cast } = playing
  const { conversation } = await inTransaction(house.db, (tx) =>
    startConversation(tx, writingBy(playing, step.by), {
      inbox: inbox.id,
      customer: { name: story.name, address: story.address, phone: step.phone },
      subject: story.subject,
      message: { text: step.text },
      direction: 'in',
      medium: 'phone',
      assignee: cast.agents[step.by]!.id,
      call: { seconds: step.seconds },
    }),
  )
  playing.conversation = conversation
}

async function replyLater(
  tx: Db,
  playing: Playing,
  row: conversations.ConversationRow,
  { by, text, leaves }: Extract<Step, { is: 'later' }>,
  now: Date,
): Promise<void> {
  await writeReply(tx, writingBy(playing, by), row.id, {
    text,
    lastSeen: row.last_item ?? undefined,
    sendAt: after(now, hours(leaves)).toISOString(),
    unlessCustomerWrites: true,
  })
}

const writingBy = ({ house, out, cast }: Playing, by: number): Writing => ({
  house,
  channels: out.channels,
  writer: cast.agents[by]!.id,
  language: 'en',
})

/** A comment as an agent writes it; whoever is mentioned sees the conversation. */
async function say(
  tx: Db,
  row: conversations.ConversationRow,
  { text, mention }: Extract<Step, { is: 'comment' }>,
  by: By,
  cast: Cast,
): Promise<void> {
  const mentioned = mention === undefined ? null : cast.agents[mention]!
  const words = mentioned ? `@${mentioned.name} ${text}` : text
  await conversations.comment(
    tx,
    row,
    { text: words, html: null, mentions: mentioned ? [mentioned.id] : [], stop: false, attachments: [] },
    by,
  )
}
