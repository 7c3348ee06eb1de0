// Who may be the same person under another name: suggested with the reason, never done. What is proved joins on its own.

import { sql } from 'kysely'
import { findPhoneNumbersInText } from 'libphonenumber-js/min'
import type { Db } from '#platform/db/db.ts'
import type { Likeness } from './customers.contract.ts'
import { phoneCountry } from './phone.ts'
import { showCustomers } from './show.ts'
import { customerSeenBy, type Onlooker } from './visible.ts'

interface Found {
  id: string
  reason: Likeness['reason']
  what: string
}
const most = 5

export async function likenessesOf(db: Db, customer: string, onlooker: Onlooker): Promise<Likeness[]> {
  const { rows } = await sql<Found>`
    with found as (${saidByChannel(customer)} union all ${samePhone(customer)}
      union all ${inSignature(await signatureNumbers(db, customer))} union all ${sameName(customer)})
    select distinct on (p.id) p.id::text, f.reason, f.what from found f join customers p on p.id = f.id
    where p.id <> ${customer} and p.joined_into is null and ${customerSeenBy(onlooker)}
      and not exists (select from customer_distinctions d
        where d.one = least(p.id, ${customer}::bigint) and d.other = greatest(p.id, ${customer}::bigint))
    order by p.id desc limit ${most}`.execute(db)
  const shown = new Map(
    (
      await showCustomers(
        db,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  )
  return rows.flatMap(({ id, reason, what }) => {
    const other = shown.get(id)
    return other ? [{ customer: other, reason, what }] : []
  })
}

const saidByChannel = (customer: string) => sql`
  select case when l.customer = ${customer} then i.customer else l.customer end as id,
    'said_by_channel' as reason, l.value as what
  from customer_claims l join customer_identities i on i.kind = l.kind and i.scope = l.scope and i.value = l.value
  where l.customer = ${customer} or i.customer = ${customer}`

/** Numbers that were never understood, or stand at a channel: the last nine digits say enough to ask. */
const samePhone = (customer: string) => sql`
  select o.customer, 'same_phone', o.value from customer_identities i
    join customer_identities o on o.kind = 'phone' and o.id <> i.id and length(o.value) > 9
      and o.value like '%' || right(i.value, 9)
  where i.customer = ${customer} and i.kind = 'phone' and length(i.value) > 9`

const sameName = (customer: string) => sql`
  select o.id, 'same_name_and_company', o.name from customers me
    join customers o on search_plain(o.name) = search_plain(me.name) and o.id <> me.id
    join customer_identities i on i.customer = me.id and i.kind = 'mail'
    join company_domains d on d.domain = split_part(i.value, '@', 2) and d.company is not null
  where me.id = ${customer} and length(me.name) > 3 and (o.company = d.company or exists (
    select from customer_identities oi join company_domains od on od.domain = split_part(oi.value, '@', 2)
    where oi.customer = o.id and oi.kind = 'mail' and od.company = d.company))`

const inSignature = (numbers: string[]) => sql`
  select i.customer, 'phone_in_signature', i.value from customer_identities i
  where i.kind = 'phone' and i.value = any(${numbers}::text[])`

/** Phone numbers at the end of his newest mail, where people put them. */
async function signatureNumbers(db: Db, customer: string): Promise<string[]> {
  const { rows } = await sql<{ tail: string }>`
    select right(case when m.fold_from > 0 then left(m.text, least(m.fold_to, m.fold_from + 600)) else m.text end, 600)
      as tail
    from conversations c join messages m on m.conversation = c.id
    where c.customer = ${customer} and m.direction = 'in' and m.author_kind = 'customer'
    order by c.last_activity_at desc, m.position desc limit 1`.execute(db)
  const country = await phoneCountry(db)
  const options = country ? { defaultCountry: country as 'RU', v2: true as const } : { v2: true as const }
  return rows.flatMap(({ tail }) => findPhoneNumbersInText(tail, options).map(({ number }) => number.number))
}

/** "These are two people": not suggested again. */
export async function tellApart(tx: Db, one: string, other: string, agent: string, now: Date): Promise<void> {
  const [least, greatest] = BigInt(one) < BigInt(other) ? [one, other] : [other, one]
  await tx
    .insertInto('customer_distinctions')
    .values({ one: least, other: greatest, told_at: now, told_by: agent })
    .onConflict((there) => there.doNothing())
    .execute()
}
export async function untellApart(tx: Db, one: string, other: string): Promise<void> {
  const [least, greatest] = BigInt(one) < BigInt(other) ? [one, other] : [other, one]
  await tx
    .deleteFrom('customer_distinctions')
    .where('one', '=', least)
    .where('other', '=', greatest)
    .execute()
}
