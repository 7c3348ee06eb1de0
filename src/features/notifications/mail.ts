// News by mail to who does not have the console open: one mail for all of a burst, so long after its first as said in
// add.ts, and only of what he has not read by then.
import { sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueRows, DueSource } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { answersGoOut, mailsWhileAway, wantsWords } from '#shared/notifications/choices.ts'
import { settingsOf } from '../agents/agents.ts'
import { isSeated } from '../events/events.ts'
import { sendSystemLetter } from '../outbox/outbox.ts'
import { type NewsRow, waitingNews } from './list.ts'
import { type Marks, openNotice } from './notices.ts'
import { stopToken } from './stop-mail.ts'
import { newsWords, wordsOf } from './words.ts'

export const dueMails: DueRows = { from: sql`notification_mails`, where: sql`true`, at: sql`due_at` }

/** Other things are due as well: they take turns. */
const atOnce = 100
/** News told one by one; the rest is counted. */
const longest = 20

/** @param marks what makes them answerable; without it they are not */
export const mailDue =
  (house: House, marks?: Marks): DueSource =>
  async (now) => {
    let n = 0
    while (n < atOnce && (await inTransaction(house.db, (tx) => mailNext({ house, marks, tx, now })))) n += 1
    return n
  }

interface Mailing {
  house: House
  marks: Marks | undefined
  tx: Db
  now: Date
}
async function mailNext(mailing: Mailing): Promise<boolean> {
  const { tx, now } = mailing
  const { rows } = await sql<{ agent: string }>`
    delete from notification_mails where agent = (
      select agent from notification_mails where due_at <= ${now}
      order by due_at limit 1 for update skip locked) returning agent`.execute(tx)
  const due = rows[0]
  if (!due) return false
  const reader = await readerOf(tx, due.agent, now)
  if (reader) await mail(mailing, reader)
  return true
}

interface Reader {
  id: string
  name: string
  address: string
}

/** Who is to be mailed: nobody who sits at the desk or has gone, and never an address that customers write to. */
async function readerOf(tx: Db, agent: string, now: Date): Promise<Reader | null> {
  const { rows } = await sql<Reader & { away: boolean }>`
    select a.id, a.name, a.address,
      a.away_from is not null and a.away_from <= ${now} and coalesce(a.away_until, 'infinity') > ${now} as away
    from agents a where a.id = ${agent} and a.removed_at is null`.execute(tx)
  const reader = rows[0]
  if (!reader || (await isOurs(tx, reader.address))) return null
  if (reader.away) return mailsWhileAway((await settingsOf(tx, agent)).notifications) ? reader : null
  return (await isSeated(tx, agent)) ? null : reader
}

/** A mail to one of our own inboxes would come back in as a customer's. */
export async function isOurs(db: Db, address: string): Promise<boolean> {
  const { rows } = await sql`select from own_addresses where address = ${address.toLowerCase()}
    union all select from inboxes where lower(address) = ${address.toLowerCase()}`.execute(db)
  return rows.length > 0
}

async function mail(mailing: Mailing, reader: Reader): Promise<void> {
  const { house, tx, now } = mailing
  const news = await waitingNews(tx, reader.id, 'mail', { only: 'unmailed', limit: 500 })
  if (news.length === 0) return
  const letter = await letterOf(mailing, reader, news.reverse())
  await sendSystemLetter(house, tx, { kind: 'notifications', to: reader, ...letter })
  await tx
    .updateTable('notifications')
    .set({ mailed_at: now })
    .where(
      'id',
      'in',
      news.map(({ id }) => id),
    )
    .execute()
}

async function letterOf({ house, marks, tx: db, now }: Mailing, { id, name }: Reader, news: NewsRow[]) {
  const { url, secrets } = house
  const { language, notifications } = await settingsOf(db, id)
  const told = wantsWords(notifications, 'mail')
  const say = (key: string, params: object = {}) => text(language, `notifications:${key}`, { ...params })
  const parts: string[] = []
  for (const one of news.slice(0, longest)) parts.push(await part(db, one, { language, url, told }))
  if (news.length > longest) parts.push(say('mail.more', { count: news.length - longest }))
  const stop = (kind: 'all' | NewsRow['kind']) =>
    `${url}/api/v1/stop-mails/${stopToken(secrets, { agent: id, kind })}`
  const reasons = [...new Set(news.map(({ kind }) => kind))]
  const ways = reasons.map((kind) => `${say(`mail.stop.${kind}`)}\n${stop(kind)}`)
  const first = news[0]!
  // About several conversations nobody could say which of them is answered.
  const one = news.every(({ number }) => number === first.number)
  const item = news.flatMap((each) => each.item ?? []).at(-1) ?? null
  const answer =
    marks && one && (await openNotice(db, marks, { agent: id, conversation: first.number, item }, now))
  const out = answersGoOut(notifications) ? 'Out' : ''
  return {
    ...(answer ? { replyTo: answer.replyTo, messageId: answer.messageId } : {}),
    subject:
      news.length === 1
        ? say('mail.one', { why: newsWords(language, first, told), number: first.number })
        : say('mail.many', { count: news.length }),
    text: [
      ...(answer ? [say(`mail.above${out}`)] : []),
      say('mail.hello', { name }),
      ...parts,
      ...(answer ? [say(`mail.how${out}`), say('mail.mark', { mark: answer.mark })] : []),
      say('mail.because', { link: `${url}/settings/notifications` }),
      ...ways,
      `${say('mail.stop.all')}\n${stop('all')}`,
    ].join('\n\n'),
    // RFC 2369 and RFC 8058: the mail program's own button ends these mails with one POST.
    headers: {
      'List-Unsubscribe': `<${stop('all')}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}

async function part(
  db: Db,
  news: NewsRow,
  { language, url, told }: { language: string; url: string; told: boolean },
): Promise<string> {
  const number = text(language, 'notifications:number', { number: news.number })
  const link = `${url}/conversations/${news.number}${news.item ? `?around=${news.item}` : ''}`
  const words = told ? `\n${await wordsOf(db, news)}` : ''
  return `${newsWords(language, news, told)} (${number})${words}\n${link}`
}

/** For the button in the settings: a real one, at once. 'kept': there is no server to post it by yet. */
export async function mailTest(
  house: House,
  tx: Db,
  { id, name, address, language }: Reader & { language: string },
): Promise<'posted' | 'kept'> {
  const say = (key: string, params: object = {}) => text(language, `notifications:${key}`, { ...params })
  const stop = `${house.url}/api/v1/stop-mails/${stopToken(house.secrets, { agent: id, kind: 'all' })}`
  return sendSystemLetter(house, tx, {
    kind: 'notifications',
    to: { name, address },
    subject: say('test.title'),
    text: [say('test.mail', { name }), `${say('mail.stop.all')}\n${stop}`].join('\n\n'),
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  })
}
