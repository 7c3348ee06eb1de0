// A responder that says nothing of being a machine and writes from a new address each time is answered each time, for
// every answer of ours goes to somebody we have not told yet. What gives it away is its likeness: an inbox that answers
// by itself sets mail apart when so many newcomers of one domain began conversations there within an hour with the same
// words, or with "Re:" and the same subject. Nothing is lost: it waits in the mail log as `quarantined(too_many_alike)` until a person
// takes it in. Whoever is known (seen before today) is never held, nor an answer in a conversation, nor those who
// have nothing in common but their mail provider.
import { sql } from 'kysely'
import * as customers from '#features/customers/customers.ts'
import { after, days, hours } from '#platform/clock/clock.ts'
import { preview } from '#shared/text/new-words.ts'
import type { Around } from './look-around.ts'
import type { Placed, Receiving } from './receiving.ts'
import { senderOf } from './sender.ts'

/** So many newcomers' conversations alike within an hour are taken in; the next is held. */
export const mostAlike = 8

export const heldAsAlike: Placed = {
  outcome: 'quarantined',
  reason: 'too_many_alike',
  conversation: null,
  item: null,
  verdict: { held: true },
}

interface Beginning {
  address: string
  subject: string
  words: string
  /** it says that it is an answer */
  answers: boolean
}

/** @param newcomer nobody here knew the sender before this mail */
export async function isOneTooMany(
  receiving: Receiving,
  around: Around,
  newcomer: boolean,
  together: Receiving[],
): Promise<boolean> {
  const { entry, message } = receiving
  // The demo's customers tell the same stories again and again.
  if (entry.door === 'demo') return false
  if (!around.inbox.acknowledges || !newcomer || entry.mode !== 'live' || message.automatic || message.spam)
    return false
  const mine = beginningOf(receiving, around)
  const domain = domainOf(mine.address)
  const earlier = [
    ...(await newcomersBeginnings(receiving, domain)),
    ...together.map((one) => beginningOf(one, around)),
  ]
  const alike = earlier.filter(
    (one) => one.address !== mine.address && domainOf(one.address) === domain && isAlike(one, mine),
  )
  // Strangers at a public host share no machine: there only the very same words speak of one.
  const counted = customers.isMailHost(domain) ? alike.filter((one) => sameWords(one, mine)) : alike
  const addresses = new Set(counted.map(({ address }) => address))
  return addresses.size >= mostAlike && !(await wasReleased(receiving))
}

const beginningOf = (receiving: Receiving, around: Around): Beginning => {
  const { text, subject } = receiving.message
  const address = senderOf(receiving, around).identity.value
  return shaped({ address, subject: subject ?? '', words: preview(text, { subject: subject ?? '' }) })
}
const shaped = ({ address, subject, words }: Omit<Beginning, 'answers'>): Beginning => ({
  address,
  subject: shapeOf(subject),
  words: shapeOf(words),
  answers: answering.test(subject),
})

async function newcomersBeginnings({ tx, entry, now }: Receiving, domain: string): Promise<Beginning[]> {
  const { rows } = await sql<Omit<Beginning, 'answers'>>`
    select lower(c.customer_address) as address, c.subject, c.preview as words from conversations c
    where c.inbox = ${entry.inbox} and c.created_at > ${after(now, -hours(1))}
      and split_part(lower(c.customer_address), '@', 2) = ${domain}
      and exists (select from customer_identities i where i.kind = 'mail' and i.value = lower(c.customer_address)
        and i.created_at > ${after(now, -days(1))})
    order by c.created_at desc limit 200`.execute(tx)
  return rows.map(shaped)
}

const answering = /^(\s*\p{L}{2,4}\s*[:：])+/iu

/** What stays the same from mail to mail of one machine: numbers, addresses and `Re:` do not. */
const shapeOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\S*@\S*/g, '')
    .replace(answering, '')
    .replace(/[\d\p{P}\s]+/gu, ' ')
    .trim()

const isAlike = (one: Beginning, other: Beginning) => {
  const sameSubject = one.subject === other.subject && one.subject !== ''
  return (sameSubject && (other.answers || one.words === other.words)) || sameWords(one, other)
}
/** A word or two are everybody's. */
const sameWords = (one: Beginning, other: Beginning) => one.words === other.words && other.words.length >= 30
const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** A person has taken it up again: that is his word. */
async function wasReleased({ tx, entry }: Receiving): Promise<boolean> {
  const { rows } = await sql`
    select from ledger where id = ${entry.id} and verdict ->> 'held' = 'true'`.execute(tx)
  return rows.length > 0
}
