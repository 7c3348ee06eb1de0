// The demo's customers: while somebody looks, they answer what he sends, a new one writes now and then, and a colleague
// is seen at a conversation. Only mails that the test mailbox kept are answered, so nothing real is ever written to;
// what they write comes in by the way every mail comes in. It ends by itself after an hour, and is silent while any
// channel has a way to real people.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import MailComposer from 'nodemailer/lib/mail-composer'
import { type Answer, answerTo } from '#flows/answer-as-customer.ts'
import type { Receiver } from '#flows/receive/receiver.ts'
import { after, hours, minutes, seconds } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { tell } from '#platform/db/listen.ts'
import type { House } from '#platform/house.ts'
import { somebody } from './names.ts'
import { type Chance, chance as chanceOf } from './random.ts'
import { answersOf } from './replies.ts'
import { shortStories } from './short-stories.ts'

const tick = seconds(2)
const mostAMinute = 4
/** as the presence of a process of its own */
const presenceChannel = 'foyer_presence'

export interface SimulatorOptions {
  house: House
  receiver: Receiver
  /** open browsers */
  watched(): number
  chance?: Chance
}
export interface Simulator {
  state(): { on: boolean; paused: boolean; until: string }
  pause(paused: boolean): void
  /** One step at a time: what is due now is written. @returns how many mails came in */
  step(now: Date): Promise<number>
  close(): void
}

interface Plan {
  at: Date
  mail: string
}

export function openSimulator({
  house,
  receiver,
  watched,
  chance = chanceOf(Date.now()),
}: SimulatorOptions): Simulator {
  const { db, clock, log } = house
  const until = after(clock.now(), hours(1))
  const colleague = openColleague(house, chance)
  const plans: Plan[] = []
  const written: Date[] = []
  let last: string | null = null
  let nextNew = after(clock.now(), seconds(chance.whole(30, 60)))
  let paused = false
  let real = false

  async function planAnswers(now: Date) {
    const rows = await db
      .selectFrom('outbox_mails as o')
      .innerJoin('messages as m', 'm.id', 'o.message')
      .select('o.id')
      .where('o.inbox', 'is not', null)
      // Nobody answers an acknowledgement.
      .where('m.automatic', 'is', null)
      .orderBy('o.id', 'desc')
      .limit(20)
      .execute()
    const known = last
    last = rows[0]?.id ?? '0'
    // What stands in the mailbox at the beginning is history.
    if (known === null) return
    for (const { id } of rows)
      if (BigInt(id) > BigInt(known)) plans.push({ mail: id, at: after(now, seconds(chance.whole(10, 40))) })
  }

  const bring = (raw: Buffer, from: string, to: string, inbox: string) =>
    receiver.receive({
      door: 'demo',
      channel: null,
      kind: null,
      inboxes: [inbox],
      sourceKey: null,
      raw,
      envelopeFrom: from,
      envelopeTo: [to],
      mode: 'live',
      remote: null,
    })

  async function answer(id: string, now: Date) {
    const mail = await db.selectFrom('outbox_mails').selectAll().where('id', '=', id).executeTakeFirst()
    if (!mail?.inbox || !mail.message) return
    const { language } = await db
      .selectFrom('messages as m')
      .innerJoin('conversations as c', 'c.id', 'm.conversation')
      .select('c.language')
      .where('m.id', '=', mail.message)
      .executeTakeFirstOrThrow()
    const russian = language === 'ru' || /[а-яё]{4}/i.test(mail.text)
    const words: Answer = chance.pick(answersOf(russian ? 'ru' : 'en', mail.recipients[0] ?? ''))
    const { raw, envelopeFrom, envelopeTo } = await answerTo(mail, words, now)
    await bring(raw, envelopeFrom, envelopeTo[0] ?? mail.sender, mail.inbox)
  }

  async function writeNew(now: Date) {
    const story = chance.pick(shortStories)
    let person = somebody(chance.whole(1000, 9000), chance)
    while (person.tongue !== story.tongue) person = somebody(chance.whole(1000, 9000), chance)
    const inboxes = await db
      .selectFrom('inboxes as i')
      .innerJoin('teams as t', 't.id', 'i.team')
      .select(['i.id', 'i.address', 't.name'])
      .where('i.removed_at', 'is', null)
      .execute()
    const inbox = inboxes.find(({ name }) => name === story.team) ?? inboxes[0]
    if (!inbox) return
    const hello = story.tongue === 'ru' ? 'Здравствуйте!' : 'Hello,'
    const raw = await new MailComposer({
      from: { name: person.name, address: person.address },
      to: inbox.address,
      subject: story.subject,
      text: `${hello}\n\n${story.text}\n\n${person.name}`,
      date: now,
      messageId: `<demo-${randomUUID()}@example.com>`,
    })
      .compile()
      .build()
    await bring(raw, person.address, inbox.address, inbox.id)
  }

  async function step(now: Date): Promise<number> {
    real = await leadsOutside(db)
    await planAnswers(now)
    if (real || paused || now > until || watched() === 0) return 0
    await colleague.move(now)
    while (written[0] && written[0] < after(now, -minutes(1))) written.shift()
    let n = 0
    const write = async (doing: Promise<unknown>) => {
      written.push(now)
      n += 1
      await doing
    }
    for (const plan of plans.filter(({ at }) => at <= now)) {
      if (written.length >= mostAMinute) break
      plans.splice(plans.indexOf(plan), 1)
      await write(answer(plan.mail, now))
    }
    if (now >= nextNew && written.length < mostAMinute) {
      nextNew = after(now, seconds(chance.whole(60, 150)))
      await write(writeNew(now))
    }
    return n
  }

  let working = false
  const timer = setInterval(async () => {
    if (working) return
    working = true
    await step(clock.now()).catch((error) => log.warn('demo', { error }))
    working = false
  }, tick)
  timer.unref()
  return {
    state: () => ({ on: !real && clock.now() < until, paused, until: until.toISOString() }),
    pause(on) {
      paused = on
      if (on) colleague.leave()
    },
    step,
    close() {
      clearInterval(timer)
      colleague.leave()
    },
  }
}

/** Whether something sent here could reach somebody: a mail server or another system is set. */
async function leadsOutside(db: Db): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select exists (select from channels where removed_at is null
        and (kind <> 'mail' or settings ->> 'smtp' is not null))
      or exists (select from settings where key = 'system_sender' and value ->> 'smtp' is not null) as yes`.execute(
    db,
  )
  return rows[0]!.yes
}

/** A colleague who opens a conversation, reads, begins to write and goes; told as another process tells it. */
function openColleague({ db }: House, chance: Chance) {
  const process = randomUUID()
  const seat = randomUUID()
  let at: { conversation: string; agent: string; name: string } | null = null
  let moveAt: Date | null = null
  let writes = false
  const say = (said: Record<string, unknown>) =>
    tell(db, presenceChannel, JSON.stringify({ p: process, ...said }))
  const here = (doing: string, now: Date) =>
    at &&
    say({ say: 'here', seat, c: at.conversation, a: at.agent, n: at.name, d: doing, s: now.toISOString() })
  async function come() {
    const { rows } = await sql<{ conversation: string; agent: string; name: string }>`
      select c.id as conversation, a.id as agent, a.name from (
        select id from conversations where bucket = 'open' order by last_activity_at desc limit 12) c
      cross join (select id, name from agents where removed_at is null and joined_at is null
        and auth_user is null) a
      order by random() limit 1`.execute(db)
    at = rows[0] ?? null
  }
  function leave() {
    if (at) void say({ say: 'gone', seat }).catch(() => {})
    at = null
  }
  return {
    leave,
    async move(now: Date) {
      if (at) await say({ say: 'alive' })
      if (moveAt && now < moveAt) return
      if (!at) {
        await come()
        writes = false
        await here('viewing', now)
        moveAt = after(now, seconds(chance.whole(8, 20)))
      } else if (!writes && chance.happens(0.6)) {
        writes = true
        await here('replying', now)
        moveAt = after(now, seconds(chance.whole(8, 20)))
      } else {
        leave()
        moveAt = after(now, seconds(chance.whole(15, 45)))
      }
    },
  }
}
