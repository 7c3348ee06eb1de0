// Whom a machine may answer. Each line here keeps a loop, a nuisance or a leak out; what is not surely a person who
// waits for us gets nothing.
import { sql } from 'kysely'
import { isBlocked } from '#features/customers/customers.ts'
import { after, days } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'

export interface Asking {
  address: string
  /** null: not proved to be his, so that nothing of the mail, his name included, is said to the address */
  name: string | null
  subject: string | null
  proved: boolean
  /** the inbox's own words; null: those of the customer's language */
  text: string | null
}
/** At most so many per address and day, whatever number of conversations they start. */
const mostPerDay = 5

/** Those of these messages whose inbox acknowledges at all. */
export async function wanted(db: Db, messages: string[]): Promise<string[]> {
  if (messages.length === 0) return []
  const rows = await db
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversation')
    .innerJoin('inboxes as i', 'i.id', 'c.inbox')
    .select('m.id')
    .where('m.id', 'in', messages)
    .where('i.acknowledges', '=', true)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * The person to be told; null: nobody. A customer's own mail, come in just now: no machine's, no list's, no bounce (those
 * start nothing), no spam, none of ours; and nobody of us has spoken in this conversation for a day. A sender who is not
 * proved (no DMARC, or the Reply-To of a form) may be a third person whose address somebody else wrote there: he is told
 * once, and again only after an answer of his came back to a mail that we had signed.
 */
export async function askingFor(tx: Db, message: string, now: Date): Promise<Asking | null> {
  const since = after(now, -days(1))
  const { rows } = await sql<Asking>`
    with asked as materialized (
      select m.*, c.customer, i.acknowledgement, lower(m.author_address) as address,
        m.verified is true and lower(m.sender ->> 'address') = lower(m.author_address) as proved
      from messages m join conversations c on c.id = m.conversation join inboxes i on i.id = c.inbox
        join ledger l on l.id = m.ledger
      where m.id = ${message} and m.direction = 'in' and m.medium = 'mail' and m.author_kind = 'customer'
        and m.author_address is not null and m.at > ${since} and l.mode = 'live'
        and m.automatic is null
        and c.spam_at is null and c.trashed_at is null and c.merged_into is null
        and i.acknowledges and i.removed_at is null
    ), told as materialized (
      select o.at from asked m join conversations k on k.customer = m.customer join messages o on o.conversation = k.id
      where o.automatic = 'acknowledgement' and o.recipients -> 0 ->> 'address' = m.address
    )
    select m.address, case when m.proved then m.author_name end as name, case when m.proved then m.subject end as subject,
      m.acknowledgement as text, m.proved
    from asked m
    where not exists (select from own_addresses o where o.address = m.address)
      and not exists (select from customer_identities f
        where f.kind = 'mail' and f.value = m.address and f.failing_since is not null)
      and not exists (select from messages o
        where o.conversation = m.conversation and o.direction = 'out' and o.medium = 'mail' and o.at > ${since})
      and (select count(*) from told where told.at > ${since}) < ${mostPerDay}
      and (m.proved or not exists (select from told where told.at >= coalesce(
        (select max(a.at) from conversations k join messages a on a.conversation = k.id join ledger b on b.id = a.ledger
          where k.customer = m.customer and a.direction = 'in' and lower(a.author_address) = m.address
            and b.verdict ->> 'by' in ('our_id', 'reply_token', 'marker')), '-infinity')))`.execute(tx)
  const [asking] = rows
  if (!asking || isRobot(asking.address) || (await isBlocked(tx, [asking.address]))) return null
  return asking
}

/** An address behind which nobody reads: RFC 2142 names, and what programs send from. */
export const isRobot = (address: string): boolean =>
  /^(?:.*[-_.+])?(?:no|do[-_.]?not|ne)[-_.]?(?:reply|respond|otvechaite?)(?:[-_.+\d].*)?@|^(?:mailer-daemon|postmaster|abuse|root|daemon|bounces?|list-?\w*|owner-.*|.*-(?:owner|request|bounces?)|notifications?|alerts?|robot|autoresponder)(?:[-+=].*)?@/i.test(
    address,
  )
