-- Lists: the bucket a conversation stands in, written down so that indexes and conditions can name it, and an index
-- per way into a list, in the order lists are read. `bucket` agrees with conversation_bucket(), which counts.
alter table conversations add column bucket text generated always as (
  case
    when merged_into is not null then null
    when trashed_at is not null then 'trash'
    when spam_at is not null then 'spam'
    when category in ('solved', 'closed') then case when thanks_at is not null then 'thanks' else 'closed' end
    when snoozed_until is not null then 'snoozed'
    when category = 'pending' then 'pending'
    else 'open'
  end) stored;

-- Everything but spam, trash and what was merged away.
create index conversations_live on conversations (last_activity_at desc, id desc) where bucket not in ('spam', 'trash');
create index conversations_live_inbox on conversations (inbox, last_activity_at desc, id desc) where bucket not in ('spam', 'trash');
create index conversations_live_team on conversations (team, last_activity_at desc, id desc) where bucket not in ('spam', 'trash');
create index conversations_live_assignee on conversations (assignee, last_activity_at desc, id desc) where bucket not in ('spam', 'trash');
-- What is not closed: a small part of an old desk, so its indexes stay small however many years it holds.
create index conversations_active on conversations (bucket, last_activity_at desc, id desc) where bucket in ('open', 'pending', 'snoozed');
create index conversations_active_inbox on conversations (inbox, last_activity_at desc, id desc) where bucket in ('open', 'pending', 'snoozed');
create index conversations_active_team on conversations (team, last_activity_at desc, id desc) where bucket in ('open', 'pending', 'snoozed');
create index conversations_active_assignee on conversations (assignee, last_activity_at desc, id desc) where bucket in ('open', 'pending', 'snoozed');
create index conversations_waiting on conversations (bucket, coalesce(waiting_since, 'infinity'), id) where bucket in ('open', 'pending', 'snoozed');
create index conversations_held on conversations (holder_since) include (inbox, team, assignee) where bucket = 'open';
create index conversations_aside on conversations (bucket, last_activity_at desc, id desc) where bucket in ('spam', 'trash', 'thanks');
create index conversations_created on conversations (created_at desc, id desc) where bucket not in ('spam', 'trash');
create index on views (owner);
