import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { idsFor, keepPlan } from '#platform/db/kept-plans.ts'
import type { ConversationRow } from './change.ts'
import { consultsWhere } from './consults.queries.ts'
import type { Conversation } from './conversations.contract.ts'

type Shown = Pick<
  ConversationRow,
  | 'id'
  | 'subject'
  | 'category'
  | 'status_name'
  | 'priority'
  | 'holder_kind'
  | 'holder_id'
  | 'holder_since'
  | 'assignee'
  | 'team'
  | 'inbox'
  | 'customer'
  | 'topic'
  | 'fields'
  | 'merged_into'
  | 'snoozed_until'
  | 'waiting_since'
  | 'spam_at'
  | 'trashed_at'
  | 'preview'
  | 'has_attachments'
  | 'last_item'
  | 'last_activity_at'
  | 'created_at'
  | 'updated_at'
>
export interface ShownRow extends Shown {
  inbox_name: string
  inbox_address: string
  team_name: string | null
  assignee_name: string | null
  holder_name: string | null
  customer_name: string | null
  customer_vip: boolean
  customer_hint: string | null
  address: string | null
  participants: { id: string; name: string | null; address: string; confirmed: boolean }[]
  tags: string[]
  links: { kind: string; number: number }[]
  merged: Conversation['merged']
  drafts: { agent: { id: string; name: string }; since: string }[]
  unread: boolean
  draft: Conversation['draft']
  following: boolean
  spam_verdict: Conversation['spamVerdict']
  strayed: Conversation['strayed']
  consults: Conversation['consults']
}

/** Everything a page of conversations shows, in the order of `ids`, in one statement. */
export async function rowsToShow(db: Db, ids: string[], reader: string): Promise<ShownRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ShownRow>`${keepPlan}
    select c.id, c.subject, c.category, c.status_name, c.priority, c.holder_kind, c.holder_id, c.holder_since, c.assignee, c.team,
      c.inbox, c.customer, c.topic, c.fields, c.merged_into, c.snoozed_until, c.waiting_since, c.spam_at,
      c.trashed_at, c.preview, c.has_attachments, c.last_item, c.last_activity_at, c.created_at, c.updated_at,
      i.name as inbox_name, i.address as inbox_address, t.name as team_name, a.name as assignee_name,
      cu.name as customer_name, cu.vip_at is not null as customer_vip, cu.hint as customer_hint,
      case c.holder_kind
        when 'agent' then (select name from agents where id = c.holder_id)
        when 'team' then (select name from teams where id = c.holder_id)
        when 'customer' then cu.name
        when 'partner' then (select coalesce(name, address) from partners where id = c.holder_id)
      end as holder_name,
      coalesce(c.customer_address, (
        select value from customer_identities ci where customer = c.customer and kind = 'mail'
        order by ci.id is distinct from cu.primary_identity, ci.id limit 1
      )) as address,
      coalesce((
        select json_agg(json_build_object('id', p.customer::text, 'name', coalesce(p.name, pc.name),
          'address', p.address, 'confirmed', p.confirmed_at is not null) order by p.added_at, p.address)
        from participants p join customers pc on pc.id = p.customer
        where p.conversation = c.id and p.removed_at is null), '[]') as participants,
      array(select g.name from conversation_tags ct join tags g on g.id = ct.tag
        where ct.conversation = c.id order by g.name) as tags,
      coalesce((
        select json_agg(json_build_object('kind', l.kind, 'number', l.other) order by l.other)
        from conversation_links l where l.conversation = c.id), '[]') as links,
      case when c.by_time then coalesce((
        with recursive down (id, into_) as (
          select id, merged_into from conversations where merged_into = c.id
          union select d.id, d.merged_into from down join conversations d on d.merged_into = down.id)
        select json_agg(json_build_object('number', down.id, 'subject', s.subject, 'into', down.into_) order by down.id)
        from down join conversations s on s.id = down.id), '[]') else '[]' end as merged,
      coalesce((
        select json_agg(json_build_object('agent', json_build_object('id', da.id::text, 'name', da.name),
          'since', coalesce(d.begun_at, d.updated_at)) order by coalesce(d.begun_at, d.updated_at), da.id)
        from drafts d join agents da on da.id = d.agent
        where d.conversation = c.id and d.kind = 'reply'), '[]') as drafts,
      ${unread(reader)} as unread,
      (select case when d.stopped_at is null then d.kind else 'stopped' end from drafts d
        where d.conversation = c.id and d.agent = ${reader} order by d.kind desc limit 1) as draft,
      exists (select from followers f where f.conversation = c.id and f.agent = ${reader}) as following,
      case when c.spam_at is not null then (select json_build_object('by', s.by, 'words', s.words)
        from spam_verdicts s where s.conversation = c.id) end as spam_verdict,
      case when c.strayed = '{}' then '[]'::json else (select json_agg(json_build_object('id', s.id::text,
        'name', coalesce(st.name, '')) order by s.place)
        from unnest(c.strayed) with ordinality s(id, place) left join teams st on st.id = s.id) end as strayed,
      case when c.asked_kind is null then '[]'::json
        else ${consultsWhere(sql`k.conversation = c.id and k.state = 'open'`)} end as consults
    from unnest(${idsFor(ids)}) with ordinality as asked(id, place)
      join conversations c on c.id = asked.id
      join inboxes i on i.id = c.inbox
      join customers cu on cu.id = c.customer
      left join teams t on t.id = c.team
      left join agents a on a.id = c.assignee
      left join read_positions r on r.conversation = c.id and r.agent = ${reader}
    order by asked.place`.execute(db)
  return rows
}

/**
 * Unread for one agent: a message from outside that wants to be read is newer than what he has read and the
 * conversation is not closed, or a comment newer than that mentions him. Joins read_positions as `r`.
 */
const unread = (reader: string) => sql<boolean>`(
  (c.category not in ('solved', 'closed') and c.last_in_position > coalesce(r.position, 0))
  or exists (select from conversation_access m where m.conversation = c.id and m.agent = ${reader}
    and m.because = 'mentioned' and m.position > coalesce(r.position, 0)))`
