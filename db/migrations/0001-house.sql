-- The house. One word per concept; truth lives in constraints; every change has an event.
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

-- Items of a timeline (messages, comments, events) share one sequence, so that an item id names one thing.
create sequence item_ids as bigint;

create table settings (
  key text primary key,
  value jsonb not null
);

------------------------------------------------------------------ people inside
create table agents (
  id bigint generated always as identity primary key,
  auth_user uuid unique,
  name text not null check (name <> ''),
  address text not null unique check (address = lower(address)),
  role text not null default 'agent' check (role in ('admin', 'agent')),
  language text not null default 'en',
  settings jsonb not null default '{}',
  away_from timestamptz,
  away_until timestamptz,
  invited_at timestamptz,
  joined_at timestamptz,
  removed_at timestamptz,
  removed_by bigint references agents,
  created_at timestamptz not null
);

-- Further addresses an agent writes from: his mail is recognised by any of them.
create table agent_addresses (
  address text primary key check (address = lower(address)),
  agent bigint not null references agents
);

create table teams (
  id bigint generated always as identity primary key,
  name text not null unique check (name <> ''),
  created_at timestamptz not null,
  removed_at timestamptz
);

create table team_members (
  team bigint not null references teams on delete cascade,
  agent bigint not null references agents on delete cascade,
  lead boolean not null default false,
  primary key (team, agent)
);
create index on team_members (agent);

create table api_keys (
  id bigint generated always as identity primary key,
  agent bigint not null references agents on delete cascade,
  name text not null,
  hash bytea not null unique,
  start text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- One answer per agent, route and key for a day; written in the transaction of the change itself.
create table idempotency_keys (
  agent bigint not null references agents on delete cascade,
  route text not null,
  key text not null,
  body_hash bytea not null,
  status int not null,
  response jsonb not null,
  created_at timestamptz not null,
  primary key (agent, route, key)
);
create index on idempotency_keys (created_at);

------------------------------------------------------------------ doors
create table inboxes (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  address text not null unique check (address = lower(address)),
  team bigint not null references teams,
  -- all: every agent sees it; teams: the teams in inbox_teams only
  seen_by text not null default 'all' check (seen_by in ('all', 'teams')),
  signature text,
  quote text not null default 'last' check (quote in ('none', 'last', 'all')),
  sender_name text not null default 'agent' check (sender_name in ('agent', 'first', 'team')),
  guard text not null default 'default' check (guard in ('off', 'default', 'all')),
  plus_addressing boolean not null default false,
  created_at timestamptz not null,
  removed_at timestamptz
);
create table inbox_aliases (
  address text primary key check (address = lower(address)),
  inbox bigint not null references inboxes on delete cascade
);
create table inbox_teams (
  inbox bigint not null references inboxes on delete cascade,
  team bigint not null references teams on delete cascade,
  primary key (inbox, team)
);

-- A channel: one technical connection of an inbox. Settings are plain, secrets are sealed.
create table channels (
  id bigint generated always as identity primary key,
  kind text not null,
  inbox bigint not null references inboxes,
  name text not null,
  settings jsonb not null default '{}',
  secrets text,
  enabled_at timestamptz,
  removed_at timestamptz,
  last_in_at timestamptz,
  last_out_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  created_at timestamptz not null
);
create index on channels (inbox);
create table imap_positions (
  channel bigint not null references channels on delete cascade,
  folder text not null,
  uid_validity text not null,
  last_uid bigint not null,
  taken_at timestamptz not null,
  primary key (channel, folder)
);

------------------------------------------------------------------ people outside
create table companies (
  id bigint generated always as identity primary key,
  name text not null,
  domain text unique,
  created_at timestamptz not null
);
create table customers (
  id bigint generated always as identity primary key,
  name text,
  company bigint references companies,
  language text,
  time_zone text,
  vip_at timestamptz,
  hint text,
  notes text,
  joined_into bigint references customers,
  created_at timestamptz not null
);
create index customers_name_trgm on customers using gin (lower(name) gin_trgm_ops);
create table customer_identities (
  id bigint generated always as identity primary key,
  customer bigint not null references customers,
  kind text not null,
  -- for kinds that are unique per channel only (custom systems): the channel's id, else 0
  scope bigint not null default 0,
  value text not null,
  verified_at timestamptz,
  -- a hard bounce: no automatic mail to it any more
  failing_since timestamptz,
  created_at timestamptz not null,
  unique (kind, scope, value)
);
create index on customer_identities (customer);
create index customer_identities_trgm on customer_identities using gin (value gin_trgm_ops);

------------------------------------------------------------------ conversations
create table conversations (
  id bigint generated always as identity primary key,
  inbox bigint not null references inboxes,
  channel bigint references channels,
  customer bigint not null references customers,
  -- which of the customer's addresses this conversation speaks to
  customer_address text,
  subject text not null,
  category text not null default 'new'
    check (category in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
  status_name text,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  assignee bigint references agents,
  team bigint references teams,
  holder_kind text check (holder_kind in ('agent', 'team', 'collaborator', 'partner', 'customer')),
  holder_id bigint,
  holder_since timestamptz,
  topic text,
  language text,
  medium text not null default 'mail',
  snoozed_until timestamptz,
  snoozed_by bigint references agents,
  -- the first customer message nobody has answered yet
  waiting_since timestamptz,
  spam_at timestamptz,
  spam_by text,
  trashed_at timestamptz,
  trashed_by text,
  closed_at timestamptz,
  closed_by text,
  locked_at timestamptz,
  thanks_at timestamptz,
  merged_into bigint references conversations,
  -- the newest position given; counted up under this row's lock
  last_position int not null default 0,
  last_item bigint,
  preview text not null default '',
  has_attachments boolean not null default false,
  -- last message or comment: what lists and search are ordered by
  last_activity_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((category in ('solved', 'closed')) = (closed_at is not null)),
  check ((category = 'closed') = (locked_at is not null)),
  check ((holder_kind is null) = (category in ('solved', 'closed')))
);
create index on conversations (customer, last_activity_at desc);
create index on conversations (snoozed_until) where snoozed_until is not null;

create table conversation_tags (
  conversation bigint not null references conversations on delete cascade,
  tag bigint not null,
  tagged_at timestamptz not null,
  primary key (conversation, tag)
);
create table tags (
  id bigint generated always as identity primary key,
  name text not null unique check (name <> ''),
  created_at timestamptz not null
);
alter table conversation_tags add foreign key (tag) references tags;
create index on conversation_tags (tag, conversation);

create table conversation_links (
  conversation bigint not null references conversations on delete cascade,
  other bigint not null references conversations on delete cascade,
  kind text not null,
  primary key (conversation, other, kind)
);

-- Other outside people on the conversation. Only confirmed ones get our replies.
create table participants (
  conversation bigint not null references conversations on delete cascade,
  customer bigint not null references customers,
  address text not null check (address = lower(address)),
  name text,
  confirmed_at timestamptz,
  confirmed_by text,
  removed_at timestamptz,
  added_at timestamptz not null,
  primary key (conversation, address)
);
create index on participants (customer);

-- Who sees a conversation although his teams do not: asked, mentioned, following.
create table conversation_access (
  conversation bigint not null references conversations on delete cascade,
  agent bigint not null references agents on delete cascade,
  because text not null check (because in ('mentioned', 'asked')),
  granted_at timestamptz not null,
  primary key (conversation, agent, because)
);
create index on conversation_access (agent, conversation);

create table followers (
  conversation bigint not null references conversations on delete cascade,
  agent bigint not null references agents on delete cascade,
  followed_at timestamptz not null,
  primary key (conversation, agent)
);
create index on followers (agent);

-- How far each agent has read; unread is read_position < last message from outside.
create table read_positions (
  conversation bigint not null references conversations on delete cascade,
  agent bigint not null references agents on delete cascade,
  position int not null,
  read_at timestamptz not null,
  primary key (conversation, agent)
);

-- Intervals of holding: exactly one open one per conversation that somebody holds.
create table handoffs (
  id bigint generated always as identity primary key,
  conversation bigint not null references conversations on delete cascade,
  holder_kind text not null,
  holder_id bigint,
  began_at timestamptz not null,
  ended_at timestamptz,
  event bigint not null
);
create unique index handoffs_current on handoffs (conversation) where ended_at is null;
create index on handoffs (conversation, began_at);

------------------------------------------------------------------ the timeline
create table messages (
  id bigint primary key default nextval('item_ids'),
  conversation bigint not null references conversations on delete cascade,
  position int not null,
  direction text not null check (direction in ('in', 'out')),
  medium text not null default 'mail',
  channel bigint references channels,
  at timestamptz not null,
  author_kind text not null
    check (author_kind in ('customer', 'participant', 'agent', 'collaborator', 'rule', 'system')),
  author_id bigint,
  author_name text,
  author_address text,
  subject text,
  text text not null default '',
  html text,
  fold_from int,
  fold_to int,
  sender jsonb,
  recipients jsonb not null default '[]',
  copies jsonb not null default '[]',
  blind_copies jsonb not null default '[]',
  -- why a machine is thought to have sent it: auto_reply, generated, list; null: a person
  automatic text,
  verified boolean,
  ledger bigint,
  -- RFC 5322 Message-ID without its angle brackets; ours never changes between tries
  message_id text,
  in_reply_to text,
  quote text,
  undo_until timestamptz,
  send_at timestamptz,
  unless_customer_writes boolean not null default false,
  erased_at timestamptz,
  erased_by text,
  unique (conversation, position)
);
create index messages_message_id on messages (message_id) where message_id is not null;

create table comments (
  id bigint primary key default nextval('item_ids'),
  conversation bigint not null references conversations on delete cascade,
  position int not null,
  at timestamptz not null,
  author_kind text not null check (author_kind in ('agent', 'collaborator', 'rule', 'system')),
  author_id bigint,
  author_name text,
  text text not null,
  html text,
  stop boolean not null default false,
  mentions bigint[] not null default '{}',
  ledger bigint,
  edited_at timestamptz,
  deleted_at timestamptz,
  deleted_by bigint references agents,
  unique (conversation, position)
);

-- Everything that happens, once, in the transaction of the change.
create table events (
  id bigint primary key default nextval('item_ids'),
  -- the place in the stream, given by the sequencer after the commit: a reader that resumes skips nothing
  seq bigint unique,
  at timestamptz not null,
  kind text not null,
  version smallint not null default 1,
  actor_kind text not null,
  actor_id bigint,
  conversation bigint references conversations on delete cascade,
  -- the message or comment it is about
  item bigint,
  -- its own place in the timeline, where it is shown there
  position int,
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  cause bigint,
  depth smallint not null default 0 check (depth between 0 and 5)
);
create index events_unsequenced on events (id) where seq is null;
create index events_timeline on events (conversation, position) where position is not null;
create index events_conversation on events (conversation, id);
create sequence event_seqs as bigint;

------------------------------------------------------------------ files
-- A file is named by its content: written, fsynced, renamed, folder fsynced, then this row committed.
create table files (
  sha256 bytea primary key,
  size bigint not null,
  stored_at timestamptz not null
);
create table attachments (
  id bigint generated always as identity primary key,
  message bigint references messages on delete cascade,
  comment bigint references comments on delete cascade,
  position smallint not null default 0,
  file bytea not null references files,
  name text not null,
  type text not null,
  size bigint not null,
  content_id text,
  inline boolean not null default false,
  -- calendar, smime, pgp, tnef: shown with a mark
  mark text,
  uploaded_by bigint references agents,
  created_at timestamptz not null
);
create index on attachments (message) where message is not null;
create index on attachments (comment) where comment is not null;
create index attachments_loose on attachments (created_at) where message is null and comment is null;

------------------------------------------------------------------ the ledger: what came in
create table ledger (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  door text not null check (door in ('smtp', 'imap', 'pipe', 'import', 'webhook', 'outbox', 'demo')),
  channel bigint references channels,
  inbox bigint not null references inboxes,
  -- names the message at its source (folder:uidvalidity:uid, provider's id); null where the door has no such name
  source_key text,
  sha256 bytea not null,
  size bigint not null,
  envelope_from text,
  envelope_to text[] not null default '{}',
  -- live: as just received; history: silent and closed
  mode text not null default 'live' check (mode in ('live', 'history')),
  remote jsonb,
  outcome text not null default 'waiting'
    check (outcome in ('waiting', 'failed', 'threaded', 'started', 'comment', 'bounce', 'ignored', 'quarantined', 'refused')),
  reason text,
  settled_at timestamptz,
  tries int not null default 0,
  next_try_at timestamptz,
  message_id text,
  from_address text,
  subject text,
  conversation bigint references conversations on delete set null,
  item bigint,
  duplicate_of bigint references ledger,
  verdict jsonb,
  erased_at timestamptz,
  erased_by text
);
create unique index ledger_source on ledger (channel, inbox, door, source_key) nulls not distinct where source_key is not null;
create index ledger_due on ledger (next_try_at) where outcome in ('waiting', 'failed');
create index ledger_outcomes on ledger (outcome, id desc);
create index ledger_sha on ledger (sha256);
create index ledger_message_id on ledger (inbox, message_id) where message_id is not null;
create table ledger_tries (
  ledger bigint not null references ledger on delete cascade,
  try int not null,
  at timestamptz not null,
  error text not null,
  primary key (ledger, try)
);
-- Deduplication is a row of its own, never check-then-insert.
create table fingerprints (
  inbox bigint not null references inboxes,
  fingerprint bytea not null,
  ledger bigint not null references ledger on delete cascade,
  primary key (inbox, fingerprint)
);
-- What the doors took in, counted apart from the rows it is compared with. Sharded, so that doors do not queue.
create table door_counts (
  door text not null,
  shard smallint not null,
  received bigint not null default 0,
  primary key (door, shard)
);

------------------------------------------------------------------ the way out
create table deliveries (
  id bigint generated always as identity primary key,
  message bigint not null references messages on delete cascade,
  channel bigint references channels,
  recipient text not null,
  role text not null default 'to' check (role in ('to', 'cc', 'bcc')),
  state text not null check (state in
    ('scheduled', 'held', 'queued', 'sending', 'uncertain', 'sent', 'delivered', 'read', 'failed', 'bounced', 'cancelled')),
  -- when this delivery must be looked at next, by our clock: end of the undo window, send later, back-off
  due_at timestamptz,
  attempts int not null default 0,
  first_tried_at timestamptz,
  claimed_by text,
  claimed_at timestamptz,
  settled_at timestamptz,
  unique (message, recipient)
);
create index deliveries_due on deliveries (due_at) where state in ('scheduled', 'held', 'queued', 'sending', 'uncertain');
create table delivery_attempts (
  id bigint generated always as identity primary key,
  delivery bigint not null references deliveries on delete cascade,
  at timestamptz not null,
  state text not null,
  code text,
  text text not null
);
create index on delivery_attempts (delivery);
create table delivery_counts (
  shard smallint primary key,
  total bigint not null default 0
);

-- The test mailbox: mails kept because no SMTP server is set.
create table outbox_mails (
  id bigint generated always as identity primary key,
  message bigint references messages on delete cascade,
  inbox bigint references inboxes,
  system_kind text,
  at timestamptz not null,
  sender text not null,
  recipients text[] not null,
  subject text not null,
  source bytea not null
);
create index on outbox_mails (message);

------------------------------------------------------------------ at the desk
create table drafts (
  conversation bigint not null references conversations on delete cascade,
  agent bigint not null references agents on delete cascade,
  kind text not null check (kind in ('reply', 'comment')),
  text text not null,
  html text,
  recipients jsonb,
  copies jsonb,
  blind_copies jsonb,
  attachments bigint[] not null default '{}',
  last_seen bigint,
  after_sending jsonb,
  stopped_at timestamptz,
  updated_at timestamptz not null,
  primary key (conversation, agent, kind)
);
create index on drafts (agent, updated_at desc);

create table views (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  scope text not null check (scope in ('me', 'team', 'all')),
  owner bigint not null references agents,
  team bigint references teams,
  filters jsonb not null,
  sort text,
  created_at timestamptz not null,
  check ((scope = 'team') = (team is not null))
);

create table saved_replies (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  text text not null,
  scope text not null check (scope in ('me', 'team', 'all')),
  owner bigint not null references agents,
  team bigint references teams,
  updated_at timestamptz not null,
  removed_at timestamptz
);

create table bulk_changes (
  id bigint generated always as identity primary key,
  agent bigint not null references agents,
  at timestamptz not null,
  undo jsonb not null,
  undone_at timestamptz
);

------------------------------------------------------------------ counts of the built-in views
-- Conversations per place and bucket, kept by the change itself. Changes are appended as deltas
-- (no lock is shared between two mails) and folded into one row per place from time to time.
create table conversation_counts (
  id bigint generated always as identity primary key,
  inbox bigint not null,
  team bigint,
  assignee bigint,
  bucket text not null,
  n bigint not null
);
create index on conversation_counts (inbox, team, assignee, bucket);

create function conversation_bucket(c conversations) returns text language sql immutable as $$
  select case
    when c.merged_into is not null then null
    when c.trashed_at is not null then 'trash'
    when c.spam_at is not null then 'spam'
    when c.category in ('solved', 'closed') then case when c.thanks_at is not null then 'thanks' else 'closed' end
    when c.snoozed_until is not null then 'snoozed'
    when c.category = 'pending' then 'pending'
    else 'open'
  end
$$;

create function count_conversation() returns trigger language plpgsql as $$
declare
  was text := case when tg_op = 'INSERT' then null else conversation_bucket(old) end;
  is_now text := case when tg_op = 'DELETE' then null else conversation_bucket(new) end;
begin
  if tg_op = 'UPDATE' and was is not distinct from is_now and old.inbox = new.inbox
     and old.team is not distinct from new.team and old.assignee is not distinct from new.assignee then
    return null;
  end if;
  if was is not null then
    insert into conversation_counts (inbox, team, assignee, bucket, n)
    values (old.inbox, old.team, old.assignee, was, -1);
  end if;
  if is_now is not null then
    insert into conversation_counts (inbox, team, assignee, bucket, n)
    values (new.inbox, new.team, new.assignee, is_now, 1);
  end if;
  return null;
end $$;
create trigger count_conversation after insert or delete
  or update of inbox, team, assignee, category, snoozed_until, spam_at, trashed_at, thanks_at, merged_into
  on conversations for each row execute function count_conversation();

------------------------------------------------------------------ search
create text search configuration foyer (copy = russian);
alter text search configuration foyer
  alter mapping for hword, hword_part, word with unaccent, russian_stem;
alter text search configuration foyer
  alter mapping for asciihword, hword_asciipart, asciiword with english_stem;

-- One row per conversation. Comments have a column of their own: a customer-facing search never reaches them.
create table conversation_search (
  conversation bigint primary key references conversations on delete cascade,
  inbox bigint not null,
  last_activity_at timestamptz not null,
  words tsvector not null,
  comment_words tsvector not null default ''
);
create index conversation_search_words on conversation_search using gin (words);
create index conversation_search_comments on conversation_search using gin (comment_words);
create index conversation_search_time on conversation_search (last_activity_at desc, conversation desc);
