import { sql } from 'kysely'
import {
  type By,
  type ConversationRow,
  changeLocked,
  refuseMerged,
  type Sight,
  seenBy,
} from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { json } from '#platform/db/db.ts'
import type { Include } from './consults.contract.ts'
import type { Whom } from './whom.ts'

export interface Asking {
  /** the comment with the question */
  question: string
  whom: Whom[]
  include: Include
  answerBy: Date
  /** makes the Message-ID of a mail of ours by its id */
  messageId(mail: string): string
}

/**
 * Asks, each a consult of its own; the latest holds the conversation until he answers. Who is at the desk sees it from
 * now on.
 * @returns the row as it stands, and the mails that are to leave
 */
export async function ask(
  tx: Db,
  row: ConversationRow,
  { question, whom, include, answerBy, messageId }: Asking,
  by: By & { agent: string },
): Promise<{ row: ConversationRow; mails: string[] }> {
  refuseMerged(row)
  const mails: string[] = []
  let next = row
  for (const one of whom) {
    const { id } = await tx
      .insertInto('consults')
      .values({
        conversation: row.id,
        question,
        asked_by: by.agent,
        asked_at: by.at,
        kind: one.kind,
        whom: one.id,
        include: json(include),
        answer_by: answerBy,
        nudge_at: answerBy,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    mails.push(...(await planMails(tx, id, 'question', one.people, by.at, messageId)))
    const agents = one.people.flatMap(({ agent }) => agent ?? [])
    await letSee(tx, row.id, agents, by.at)
    if (one.kind === 'partner')
      await tx.updateTable('partners').set({ asked_at: by.at }).where('id', '=', one.id).execute()
    next = (
      await changeLocked(tx, next, {
        ...by,
        kind: 'consult_asked',
        set: { asked_kind: one.kind, asked_id: one.id },
        after: { consult: id, to: one.name, agents },
        item: question,
        always: true,
        shown: false,
      })
    ).row
  }
  return { row: next, mails }
}

/** One mail for each person. @returns their ids */
export async function planMails(
  tx: Db,
  consult: string,
  kind: 'question' | 'nudge',
  people: { address: string; name: string | null; agent: string | null }[],
  at: Date,
  messageId: (mail: string) => string,
): Promise<string[]> {
  const ids: string[] = []
  for (const { address, name, agent } of people) {
    const { rows } = await sql<{ id: string }>`
      select nextval(pg_get_serial_sequence('consult_mails', 'id')) as id`.execute(tx)
    const id = rows[0]!.id
    await sql`insert into consult_mails (id, consult, kind, address, name, agent, message_id, at)
      overriding system value
      values (${id}, ${consult}, ${kind}, ${address}, ${name}, ${agent}, ${messageId(id)}, ${at})`.execute(tx)
    ids.push(id)
  }
  return ids
}

async function letSee(tx: Db, conversation: string, agents: string[], at: Date): Promise<void> {
  if (agents.length === 0) return
  await tx
    .insertInto('conversation_access')
    .values(agents.map((agent) => ({ conversation, agent, because: 'asked' as const, granted_at: at })))
    .onConflict((known) => known.doNothing())
    .execute()
}

/** Who among these was asked already and has not answered: here, or about the same customer where the asker sees it. */
export async function askedAlready(
  db: Db,
  row: Pick<ConversationRow, 'id' | 'customer'>,
  whom: Whom[],
  sight: Sight,
): Promise<{ to: string; by: string; at: Date; conversation: string } | null> {
  const { rows } = await sql<{
    kind: Whom['kind']
    whom: string
    by: string
    at: Date
    conversation: string
  }>`
    select k.kind, k.whom, a.name as by, k.asked_at as at, k.conversation
    from consults k join conversations c on c.id = k.conversation join agents a on a.id = k.asked_by
    where k.state = 'open' and (k.conversation = ${row.id} or (c.customer = ${row.customer} and ${seenBy(sight)}))
      and (k.kind, k.whom) in (select * from unnest(${whom.map(({ kind }) => kind)}::text[], ${whom.map(({ id }) => id)}::bigint[]))
    order by k.asked_at desc limit 1`.execute(db)
  const found = rows[0]
  const one = whom.find(({ kind, id }) => kind === found?.kind && id === found.whom)
  return found && one ? { to: one.name, by: found.by, at: found.at, conversation: found.conversation } : null
}
