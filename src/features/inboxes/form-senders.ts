// Senders that look like a site's form: one address, a different Reply-To each time. Noted as their mails begin
// conversations; after some the administrator is asked, once.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By, system } from '#platform/events/events.ts'
import type { FormSender } from './inboxes.contract.ts'

/** So many different Reply-To addresses from one sender make it worth asking. */
const enough = 3

export interface FormReply {
  conversation: string
  inbox: string
  sender: string
  replyTo: string
  name: string | null
}

/** Notes that a conversation began so, and asks when it is time. */
export async function noteFormReply(tx: Db, reply: FormReply, at: Date): Promise<void> {
  const { inbox, sender, replyTo, conversation, name } = reply
  await tx
    .insertInto('form_replies')
    .values({ conversation, inbox, sender, reply_to: replyTo, name })
    .onConflict((there) => there.doNothing())
    .execute()
  const { rows } = await sql<{ id: string }>`
    insert into form_senders (inbox, address, asked_at)
    select ${inbox}, ${sender}, ${at} where (select count(*) from (select distinct reply_to from form_replies
      where inbox = ${inbox} and sender = ${sender} limit ${enough}) seen) >= ${enough}
    on conflict do nothing returning id`.execute(tx)
  if (rows.length > 0)
    await append(tx, { at, actor: system, kind: 'form_sender_seen', after: { inbox, address: sender } })
}

export async function formSenders(db: Db, id?: string): Promise<FormSender[]> {
  const { rows } = await sql<FormSender>`
    select f.id::text, json_build_object('id', i.id::text, 'name', i.name) as inbox, f.address, f.is_form as "isForm",
      array(select distinct reply_to from form_replies r where r.inbox = f.inbox and r.sender = f.address
        order by 1 limit 5) as "replyTo",
      (select count(*)::int from form_replies r where r.inbox = f.inbox and r.sender = f.address) as earlier
    from form_senders f join inboxes i on i.id = f.inbox
    where i.removed_at is null and (${id ?? null}::bigint is null or f.id = ${id ?? null})
    order by f.is_form is not null, f.id`.execute(db)
  return rows
}

/** The administrator's answer; it can be changed. 404 when nobody was asked. */
export async function decideFormSender(tx: Db, id: string, isForm: boolean, by: By): Promise<void> {
  const row = await tx
    .updateTable('form_senders')
    .set({ is_form: isForm, decided_at: by.at, decided_by: `${by.actor.kind} ${by.actor.id ?? ''}`.trim() })
    .where('id', '=', id)
    .returning(['inbox', 'address'])
    .executeTakeFirst()
  if (!row) refuse('not_found')
  const after = { inbox: row.inbox, address: row.address, isForm }
  await append(tx, { ...by, kind: 'form_sender_decided', after })
}

/** What began before the answer, and forgets it: each is put right once. */
export async function takeFormReplies(tx: Db, id: string): Promise<FormReply[]> {
  const { rows } = await sql<FormReply>`
    delete from form_replies r using form_senders f
    where f.id = ${id} and f.is_form and r.inbox = f.inbox and r.sender = f.address
    returning r.conversation, r.inbox, r.sender, r.reply_to as "replyTo", r.name`.execute(tx)
  return rows
}
