// Who can be asked: agents, teams, partners of the directory, anybody by his address; never the customer and who writes
// with him, and never ourselves.
import { sql } from 'kysely'
import type { ConversationRow } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { type FieldError, Refusal } from '#platform/errors/refuse.ts'

export interface Addressee {
  address: string
  name: string | null
  agent: string | null
}
/** Somebody who is asked: one consult. */
export interface Whom {
  kind: 'agent' | 'team' | 'partner'
  id: string
  name: string
  /** who gets the mail */
  people: Addressee[]
}
export type Wanted = { kind: Whom['kind']; id: string } | { address: string; name: string | null }

/** @throws Refusal 422 naming each entry that cannot be asked: `unknown`, `nobody_there`, `is_customer`, `is_ours` */
export async function whomOf(
  tx: Db,
  row: Pick<ConversationRow, 'id' | 'customer' | 'customer_address'>,
  wanted: Wanted[],
  asker: string,
  at: Date,
): Promise<Whom[]> {
  const errors: FieldError[] = []
  const found = new Map<string, Whom>()
  for (const [n, one] of wanted.entries()) {
    const whom = 'kind' in one ? await known(tx, one, asker) : await byAddress(tx, one, at)
    const wrong = whom ? await whatIsWrong(tx, row, whom) : { code: 'unknown' }
    if (wrong) errors.push({ field: `to.${n}`, ...wrong })
    else if (whom) found.set(`${whom.kind} ${whom.id}`, whom)
  }
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  return [...found.values()]
}

async function whatIsWrong(
  tx: Db,
  row: Pick<ConversationRow, 'id' | 'customer' | 'customer_address'>,
  { people }: Whom,
): Promise<Omit<FieldError, 'field'> | null> {
  if (people.length === 0) return { code: 'nobody_there' }
  const addresses = people.map(({ address }) => address)
  const [customer] = await onTheOtherSide(tx, row, addresses)
  if (customer) return { code: 'is_customer', params: { address: customer } }
  const [ours] = await ourOwn(tx, addresses)
  return ours ? { code: 'is_ours', params: { address: ours } } : null
}

/** Which of these addresses belong to the customer, or to anybody who takes or took part with him. */
export async function onTheOtherSide(
  db: Db,
  { id, customer, customer_address }: Pick<ConversationRow, 'id' | 'customer' | 'customer_address'>,
  addresses: string[],
): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select address from unnest(${addresses.map((one) => one.toLowerCase())}::text[]) as given(address)
    where address = lower(${customer_address})
      or exists (select from participants p where p.conversation = ${id} and lower(p.address) = given.address)
      or exists (select from customer_identities i join customers c on c.id = i.customer
        where i.kind = 'mail' and i.value = given.address
          and (i.customer = ${customer} or c.joined_into = ${customer}))
      or exists (select from messages m where m.conversation = ${id} and m.direction = 'in'
        and lower(m.author_address) = given.address and m.author_kind in ('customer', 'participant'))`.execute(
    db,
  )
  return rows.map(({ address }) => address)
}

/** Addresses customers write to: a mail there would come back in. */
async function ourOwn(db: Db, addresses: string[]): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select address from unnest(${addresses}::text[]) as given(address)
    where exists (select from own_addresses o
      where o.address in (given.address, regexp_replace(given.address, '\\+[^@]*@', '@')))`.execute(db)
  return rows.map(({ address }) => address)
}

async function known(tx: Db, { kind, id }: { kind: Whom['kind']; id: string }, asker: string) {
  if (kind === 'agent') return asWhom(kind, id, await agents(tx, sql`a.id = ${id}`), (one) => one.name)
  if (kind === 'team') {
    const team = await tx
      .selectFrom('teams')
      .select('name')
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (!team) return null
    const members = sql`a.id <> ${asker} and a.id in (select agent from team_members where team = ${id})`
    return { kind, id, name: team.name, people: await agents(tx, members) }
  }
  const partner = await tx
    .selectFrom('partners')
    .select(['name', 'address'])
    .where('id', '=', id)
    .executeTakeFirst()
  return partner && asWhom(kind, id, [{ ...partner, agent: null }], (one) => one.name ?? one.address)
}

const asWhom = (
  kind: Whom['kind'],
  id: string,
  people: Addressee[],
  nameOf: (one: Addressee) => string | null,
) => (people[0] ? { kind, id, name: nameOf(people[0]) ?? people[0].address, people } : null)

/** An address of a colleague's is he; any other becomes a partner. */
async function byAddress(
  tx: Db,
  { address, name }: { address: string; name: string | null },
  at: Date,
): Promise<Whom | null> {
  const lower = address.toLowerCase()
  const [agent] = await agents(
    tx,
    sql`(a.address = ${lower} or a.id in (select agent from agent_addresses where address = ${lower}))`,
  )
  if (agent?.agent) return asWhom('agent', agent.agent, [agent], (one) => one.name)
  const { id, name: kept } = await tx
    .insertInto('partners')
    .values({ address: lower, name, created_at: at })
    .onConflict((on) =>
      on
        .column('address')
        .doUpdateSet((set) => ({ name: set.fn.coalesce('partners.name', 'excluded.name') })),
    )
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow()
  return asWhom(
    'partner',
    id,
    [{ address: lower, name: kept, agent: null }],
    (one) => one.name ?? one.address,
  )
}

async function agents(db: Db, condition: ReturnType<typeof sql>): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    select lower(a.address) as address, a.name, a.id as agent from agents a
    where a.removed_at is null and ${condition} order by a.id`.execute(db)
  return rows
}

/** Addresses whose domains are neither our inboxes', our agents' nor the directory's. */
export async function strangers(db: Db, whom: Whom[]): Promise<string[]> {
  const addresses = whom.filter(({ kind }) => kind === 'partner').flatMap(({ people }) => people)
  const { rows } = await sql<{ address: string }>`
    select address from unnest(${addresses.map(({ address }) => address)}::text[]) as given(address)
    where not exists (
      select from own_addresses o where split_part(o.address, '@', 2) = split_part(given.address, '@', 2)
      union all select from agents a
        where a.removed_at is null and lower(split_part(a.address, '@', 2)) = split_part(given.address, '@', 2)
      union all select from partners p where p.listed_at is not null
        and split_part(p.address, '@', 2) = split_part(given.address, '@', 2))`.execute(db)
  return rows.map(({ address }) => address)
}
