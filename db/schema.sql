-- Made by `node bin/db.ts types`: the schema after all migrations, to be read and reviewed.

create table agent_addresses (
  address text not null,
  agent int8 not null,
  constraint agent_addresses_pkey PRIMARY KEY (address),
  constraint agent_addresses_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint agent_addresses_address_check CHECK ((address = lower(address)))
);

create table agents (
  id int8 not null generated always as identity,
  auth_user uuid,
  name text not null,
  address text not null,
  role text not null default 'agent'::text,
  language text not null default 'en'::text,
  settings jsonb not null default '{}'::jsonb,
  away_from timestamptz,
  away_until timestamptz,
  invited_at timestamptz,
  joined_at timestamptz,
  removed_at timestamptz,
  removed_by int8,
  created_at timestamptz not null,
  rights _text not null default '{}'::text[],
  constraint agents_address_key UNIQUE (address),
  constraint agents_auth_user_key UNIQUE (auth_user),
  constraint agents_pkey PRIMARY KEY (id),
  constraint agents_auth_user_fkey FOREIGN KEY (auth_user) REFERENCES auth."user"(id) ON DELETE SET NULL,
  constraint agents_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES agents(id),
  constraint agents_address_check CHECK ((address = lower(address))),
  constraint agents_name_check CHECK ((name <> ''::text)),
  constraint agents_rights_check CHECK ((rights <@ ARRAY['source'::text, 'sealed'::text])),
  constraint agents_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'agent'::text])))
);

create table answers (
  message int8 not null,
  conversation int8 not null,
  agent int8 not null,
  at timestamptz not null,
  constraint answers_pkey PRIMARY KEY (message),
  constraint answers_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint answers_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint answers_message_fkey FOREIGN KEY (message) REFERENCES messages(id) ON DELETE CASCADE
);
CREATE INDEX answers_at ON public.answers USING btree (at) INCLUDE (conversation, agent);
CREATE INDEX answers_conversation_idx ON public.answers USING btree (conversation);

create table api_keys (
  id int8 not null generated always as identity,
  agent int8 not null,
  name text not null,
  hash bytea not null,
  start text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE
);

create table approved_people (
  address text not null,
  approved_by int8,
  approved_at timestamptz not null,
  constraint approved_people_pkey PRIMARY KEY (address),
  constraint approved_people_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES agents(id) ON DELETE SET NULL,
  constraint approved_people_address_check CHECK ((address = lower(address)))
);

create table attachments (
  id int8 not null generated always as identity,
  message int8,
  comment int8,
  position int2 not null default 0,
  file bytea not null,
  name text not null,
  type text not null,
  size int8 not null,
  content_id text,
  inline bool not null default false,
  mark text,
  uploaded_by int8,
  created_at timestamptz not null,
  seal int8,
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_comment_fkey FOREIGN KEY (comment) REFERENCES comments(id) ON DELETE CASCADE,
  constraint attachments_file_fkey FOREIGN KEY (file) REFERENCES files(sha256),
  constraint attachments_message_fkey FOREIGN KEY (message) REFERENCES messages(id) ON DELETE CASCADE,
  constraint attachments_seal_fkey FOREIGN KEY (seal) REFERENCES seals(id) ON DELETE SET NULL,
  constraint attachments_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES agents(id)
);
CREATE INDEX attachments_comment_idx ON public.attachments USING btree (comment) WHERE (comment IS NOT NULL);
CREATE INDEX attachments_loose ON public.attachments USING btree (created_at) WHERE ((message IS NULL) AND (comment IS NULL));
CREATE INDEX attachments_message_idx ON public.attachments USING btree (message) WHERE (message IS NOT NULL);
CREATE INDEX attachments_seal ON public.attachments USING btree (seal) WHERE (seal IS NOT NULL);

create table blocked_addresses (
  address text not null,
  blocked_at timestamptz not null,
  blocked_by int8,
  reason text,
  constraint blocked_addresses_pkey PRIMARY KEY (address),
  constraint blocked_addresses_blocked_by_fkey FOREIGN KEY (blocked_by) REFERENCES agents(id),
  constraint blocked_addresses_address_check CHECK ((address = lower(address)))
);

create table bulk_changes (
  id int8 not null generated always as identity,
  agent int8 not null,
  at timestamptz not null,
  undo jsonb not null,
  undone_at timestamptz,
  constraint bulk_changes_pkey PRIMARY KEY (id),
  constraint bulk_changes_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id)
);

create table channel_tokens (
  channel int8 not null,
  refresh_token text not null,
  access_token text,
  access_until timestamptz,
  until timestamptz,
  told_until timestamptz,
  signed_in_at timestamptz not null,
  signed_in_by int8,
  constraint channel_tokens_pkey PRIMARY KEY (channel),
  constraint channel_tokens_channel_fkey FOREIGN KEY (channel) REFERENCES channels(id) ON DELETE CASCADE,
  constraint channel_tokens_signed_in_by_fkey FOREIGN KEY (signed_in_by) REFERENCES agents(id)
);

create table channels (
  id int8 not null generated always as identity,
  kind text not null,
  inbox int8 not null,
  name text not null,
  settings jsonb not null default '{}'::jsonb,
  secrets text,
  enabled_at timestamptz,
  removed_at timestamptz,
  last_in_at timestamptz,
  last_out_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  created_at timestamptz not null,
  last_error_side text,
  last_error_hint text,
  no_sent_since timestamptz,
  constraint channels_pkey PRIMARY KEY (id),
  constraint channels_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id),
  constraint channels_last_error_side_check CHECK ((last_error_side = ANY (ARRAY['in'::text, 'out'::text])))
);
CREATE INDEX channels_inbox_idx ON public.channels USING btree (inbox);

create table chores (
  name text not null,
  due_at timestamptz not null,
  constraint chores_pkey PRIMARY KEY (name)
);

create table closings (
  event int8 not null,
  conversation int8 not null,
  agent int8 not null,
  at timestamptz not null,
  reopened_at timestamptz,
  constraint closings_pkey PRIMARY KEY (event),
  constraint closings_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint closings_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX closings_at ON public.closings USING btree (at) INCLUDE (conversation, agent, reopened_at);
CREATE INDEX closings_conversation_idx ON public.closings USING btree (conversation);

create table comments (
  id int8 not null default nextval('item_ids'::regclass),
  conversation int8 not null,
  position int4 not null,
  at timestamptz not null,
  author_kind text not null,
  author_id int8,
  author_name text,
  text text not null,
  html text,
  stop bool not null default false,
  mentions _int8 not null default '{}'::bigint[],
  ledger int8,
  edited_at timestamptz,
  deleted_at timestamptz,
  deleted_by int8,
  consult int8,
  author_address text,
  invited bool,
  verified bool,
  origin int8,
  moved bool not null default false,
  constraint comments_conversation_position_key UNIQUE (conversation, "position"),
  constraint comments_pkey PRIMARY KEY (id),
  constraint comments_consult_fkey FOREIGN KEY (consult) REFERENCES consults(id) ON DELETE SET NULL,
  constraint comments_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint comments_deleted_by_fkey FOREIGN KEY (deleted_by) REFERENCES agents(id),
  constraint comments_origin_fkey FOREIGN KEY (origin) REFERENCES conversations(id) ON DELETE SET NULL,
  constraint comments_author_kind_check CHECK ((author_kind = ANY (ARRAY['agent'::text, 'collaborator'::text, 'rule'::text, 'system'::text])))
);
CREATE INDEX comments_consult_idx ON public.comments USING btree (consult) WHERE (consult IS NOT NULL);
CREATE INDEX comments_origin ON public.comments USING btree (origin) WHERE (origin IS NOT NULL);

create table companies (
  id int8 not null generated always as identity,
  name text not null,
  created_at timestamptz not null,
  constraint companies_pkey PRIMARY KEY (id)
);
CREATE INDEX companies_name ON public.companies USING btree (lower(name));

create table company_domains (
  domain text not null,
  company int8,
  added_at timestamptz not null,
  constraint company_domains_pkey PRIMARY KEY (domain),
  constraint company_domains_company_fkey FOREIGN KEY (company) REFERENCES companies(id),
  constraint company_domains_domain_check CHECK (((domain = lower(domain)) AND (domain <> ''::text)))
);
CREATE INDEX company_domains_company_idx ON public.company_domains USING btree (company);

create table consult_ids (
  message_id text not null,
  consult int8 not null,
  constraint consult_ids_pkey PRIMARY KEY (message_id),
  constraint consult_ids_consult_fkey FOREIGN KEY (consult) REFERENCES consults(id) ON DELETE CASCADE
);
CREATE INDEX consult_ids_consult_idx ON public.consult_ids USING btree (consult);

create table consult_mails (
  id int8 not null generated always as identity,
  consult int8 not null,
  kind text not null,
  address text not null,
  name text,
  agent int8,
  message_id text not null,
  at timestamptz not null,
  sent_at timestamptz,
  failed_at timestamptz,
  said text,
  constraint consult_mails_message_id_key UNIQUE (message_id),
  constraint consult_mails_pkey PRIMARY KEY (id),
  constraint consult_mails_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint consult_mails_consult_fkey FOREIGN KEY (consult) REFERENCES consults(id) ON DELETE CASCADE,
  constraint consult_mails_address_check CHECK ((address = lower(address))),
  constraint consult_mails_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'nudge'::text])))
);
CREATE INDEX consult_mails_address_at_idx ON public.consult_mails USING btree (address, at);
CREATE INDEX consult_mails_consult_idx ON public.consult_mails USING btree (consult);

create table consults (
  id int8 not null generated always as identity,
  conversation int8 not null,
  question int8 not null,
  asked_by int8 not null,
  asked_at timestamptz not null,
  kind text not null,
  whom int8 not null,
  include jsonb not null default '{}'::jsonb,
  state text not null default 'open'::text,
  answer_by timestamptz not null,
  nudges int4 not null default 0,
  nudge_at timestamptz,
  ended_at timestamptz,
  answer int8,
  constraint consults_pkey PRIMARY KEY (id),
  constraint consults_answer_fkey FOREIGN KEY (answer) REFERENCES comments(id) ON DELETE SET NULL,
  constraint consults_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES agents(id),
  constraint consults_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint consults_question_fkey FOREIGN KEY (question) REFERENCES comments(id) ON DELETE CASCADE,
  constraint consults_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint consults_check1 CHECK (((state = 'open'::text) OR (nudge_at IS NULL))),
  constraint consults_kind_check CHECK ((kind = ANY (ARRAY['agent'::text, 'team'::text, 'partner'::text]))),
  constraint consults_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'withdrawn'::text])))
);
CREATE INDEX consults_conversation_id_idx ON public.consults USING btree (conversation, id);
CREATE INDEX consults_nudge ON public.consults USING btree (nudge_at) WHERE (nudge_at IS NOT NULL);
CREATE INDEX consults_open ON public.consults USING btree (kind, whom) WHERE (state = 'open'::text);
CREATE INDEX consults_question_idx ON public.consults USING btree (question);

create table conversation_access (
  conversation int8 not null,
  agent int8 not null,
  because text not null,
  granted_at timestamptz not null,
  position int4 not null default 0,
  constraint conversation_access_pkey PRIMARY KEY (conversation, agent, because),
  constraint conversation_access_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint conversation_access_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_access_because_check CHECK ((because = ANY (ARRAY['mentioned'::text, 'asked'::text])))
);
CREATE INDEX conversation_access_agent_conversation_idx ON public.conversation_access USING btree (agent, conversation);

create table conversation_counts (
  id int8 not null generated always as identity,
  inbox int8 not null,
  team int8,
  assignee int8,
  bucket text not null,
  n int8 not null,
  constraint conversation_counts_pkey PRIMARY KEY (id)
);
CREATE INDEX conversation_counts_inbox_team_assignee_bucket_idx ON public.conversation_counts USING btree (inbox, team, assignee, bucket);

create table conversation_distinctions (
  one int8 not null,
  other int8 not null,
  told_at timestamptz not null,
  told_by int8,
  constraint conversation_distinctions_pkey PRIMARY KEY (one, other),
  constraint conversation_distinctions_one_fkey FOREIGN KEY (one) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_distinctions_other_fkey FOREIGN KEY (other) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_distinctions_told_by_fkey FOREIGN KEY (told_by) REFERENCES agents(id) ON DELETE SET NULL,
  constraint conversation_distinctions_check CHECK ((one < other))
);

create table conversation_links (
  conversation int8 not null,
  other int8 not null,
  kind text not null,
  constraint conversation_links_pkey PRIMARY KEY (conversation, other, kind),
  constraint conversation_links_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_links_other_fkey FOREIGN KEY (other) REFERENCES conversations(id) ON DELETE CASCADE
);

create table conversation_merges (
  id int8 not null generated always as identity,
  merged int8 not null,
  survivor int8 not null,
  merged_at timestamptz not null,
  merged_by text not null,
  event int8 not null,
  fields jsonb not null default '{}'::jsonb,
  brought jsonb not null default '{}'::jsonb,
  undone_at timestamptz,
  undone_by text,
  constraint conversation_merges_pkey PRIMARY KEY (id),
  constraint conversation_merges_merged_fkey FOREIGN KEY (merged) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_merges_survivor_fkey FOREIGN KEY (survivor) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_merges_check CHECK ((merged <> survivor))
);
CREATE UNIQUE INDEX conversation_merges_standing ON public.conversation_merges USING btree (merged) WHERE (undone_at IS NULL);
CREATE INDEX conversation_merges_survivor_idx ON public.conversation_merges USING btree (survivor);

create table conversation_search (
  conversation int8 not null,
  inbox int8 not null,
  last_activity_at timestamptz not null,
  words tsvector not null,
  comment_words tsvector not null default ''::tsvector,
  constraint conversation_search_pkey PRIMARY KEY (conversation),
  constraint conversation_search_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX conversation_search_all ON public.conversation_search USING gin (((words || comment_words))) WITH (gin_pending_list_limit='512');
CREATE INDEX conversation_search_time ON public.conversation_search USING btree (last_activity_at DESC, conversation DESC);

create table conversation_tags (
  conversation int8 not null,
  tag int8 not null,
  tagged_at timestamptz not null,
  constraint conversation_tags_pkey PRIMARY KEY (conversation, tag),
  constraint conversation_tags_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_tags_tag_fkey FOREIGN KEY (tag) REFERENCES tags(id) ON DELETE CASCADE
);
CREATE INDEX conversation_tags_tag_conversation_idx ON public.conversation_tags USING btree (tag, conversation);

create table conversations (
  id int8 not null generated always as identity,
  inbox int8 not null,
  channel int8,
  customer int8 not null,
  customer_address text,
  subject text not null,
  category text not null default 'new'::text,
  status_name text,
  priority text not null default 'normal'::text,
  assignee int8,
  team int8,
  holder_kind text,
  holder_id int8,
  holder_since timestamptz,
  topic text,
  language text,
  medium text not null default 'mail'::text,
  snoozed_until timestamptz,
  snoozed_by int8,
  waiting_since timestamptz,
  spam_at timestamptz,
  spam_by text,
  trashed_at timestamptz,
  trashed_by text,
  closed_at timestamptz,
  closed_by text,
  locked_at timestamptz,
  thanks_at timestamptz,
  merged_into int8,
  last_position int4 not null default 0,
  last_item int8,
  preview text not null default ''::text,
  has_attachments bool not null default false,
  last_activity_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_in_position int4 not null default 0,
  fields jsonb not null default '{}'::jsonb,
  bucket text default 
CASE
    WHEN (merged_into IS NOT NULL) THEN NULL::text
    WHEN (trashed_at IS NOT NULL) THEN 'trash'::text
    WHEN (spam_at IS NOT NULL) THEN 'spam'::text
    WHEN (category = ANY (ARRAY['solved'::text, 'closed'::text])) THEN
    CASE
        WHEN (thanks_at IS NOT NULL) THEN 'thanks'::text
        ELSE 'closed'::text
    END
    WHEN (snoozed_until IS NOT NULL) THEN 'snoozed'::text
    WHEN (category = 'pending'::text) THEN 'pending'::text
    ELSE 'open'::text
END,
  origin int8,
  strayed _int8 not null default '{}'::bigint[],
  asked_kind text,
  asked_id int8,
  by_time bool not null default false,
  arranged int4 not null default 0,
  constraint conversations_pkey PRIMARY KEY (id),
  constraint conversations_assignee_fkey FOREIGN KEY (assignee) REFERENCES agents(id),
  constraint conversations_channel_fkey FOREIGN KEY (channel) REFERENCES channels(id),
  constraint conversations_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id),
  constraint conversations_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id),
  constraint conversations_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES conversations(id),
  constraint conversations_origin_fkey FOREIGN KEY (origin) REFERENCES customers(id),
  constraint conversations_snoozed_by_fkey FOREIGN KEY (snoozed_by) REFERENCES agents(id),
  constraint conversations_team_fkey FOREIGN KEY (team) REFERENCES teams(id),
  constraint conversations_asked_kind_check CHECK ((asked_kind = ANY (ARRAY['agent'::text, 'team'::text, 'partner'::text]))),
  constraint conversations_category_check CHECK ((category = ANY (ARRAY['new'::text, 'open'::text, 'pending'::text, 'on_hold'::text, 'solved'::text, 'closed'::text]))),
  constraint conversations_check CHECK (((category = ANY (ARRAY['solved'::text, 'closed'::text])) = (closed_at IS NOT NULL))),
  constraint conversations_check1 CHECK (((category = 'closed'::text) = (locked_at IS NOT NULL))),
  constraint conversations_check2 CHECK (((holder_kind IS NULL) = ((category = ANY (ARRAY['solved'::text, 'closed'::text])) OR (merged_into IS NOT NULL)))),
  constraint conversations_check3 CHECK (((asked_kind IS NULL) = (asked_id IS NULL))),
  constraint conversations_holder_kind_check CHECK ((holder_kind = ANY (ARRAY['agent'::text, 'team'::text, 'collaborator'::text, 'partner'::text, 'customer'::text]))),
  constraint conversations_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])))
);
CREATE INDEX conversations_active ON public.conversations USING btree (bucket, last_activity_at DESC, id DESC) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));
CREATE INDEX conversations_active_assignee ON public.conversations USING btree (assignee, last_activity_at DESC, id DESC) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));
CREATE INDEX conversations_active_created ON public.conversations USING btree (created_at, id) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));
CREATE INDEX conversations_active_inbox ON public.conversations USING btree (inbox, last_activity_at DESC, id DESC) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));
CREATE INDEX conversations_active_team ON public.conversations USING btree (team, last_activity_at DESC, id DESC) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));
CREATE INDEX conversations_active_urgency ON public.conversations USING btree (array_position(ARRAY['urgent'::text, 'high'::text, 'normal'::text, 'low'::text], priority), COALESCE(waiting_since, 'infinity'::timestamp with time zone), id) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));
CREATE INDEX conversations_aside ON public.conversations USING btree (bucket, last_activity_at DESC, id DESC) WHERE (bucket = ANY (ARRAY['spam'::text, 'trash'::text, 'thanks'::text]));
CREATE INDEX conversations_created ON public.conversations USING btree (created_at DESC, id DESC) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_customer_last_activity_at_idx ON public.conversations USING btree (customer, last_activity_at DESC);
CREATE INDEX conversations_held ON public.conversations USING btree (holder_since) INCLUDE (inbox, team, assignee) WHERE (bucket = 'open'::text);
CREATE INDEX conversations_live ON public.conversations USING btree (last_activity_at DESC, id DESC) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_live_assignee ON public.conversations USING btree (assignee, last_activity_at DESC, id DESC) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_live_inbox ON public.conversations USING btree (inbox, last_activity_at DESC, id DESC) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_live_team ON public.conversations USING btree (team, last_activity_at DESC, id DESC) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_live_urgency ON public.conversations USING btree (array_position(ARRAY['urgent'::text, 'high'::text, 'normal'::text, 'low'::text], priority), COALESCE(waiting_since, 'infinity'::timestamp with time zone), id) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_live_waiting ON public.conversations USING btree (COALESCE(waiting_since, 'infinity'::timestamp with time zone), id) WHERE (bucket <> ALL (ARRAY['spam'::text, 'trash'::text]));
CREATE INDEX conversations_merged ON public.conversations USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX conversations_snoozed_until_idx ON public.conversations USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX conversations_solved ON public.conversations USING btree (closed_at) WHERE (category = 'solved'::text);
CREATE INDEX conversations_unassigned ON public.conversations USING btree (last_activity_at DESC, id DESC) WHERE ((bucket = 'open'::text) AND (assignee IS NULL));
CREATE INDEX conversations_waiting ON public.conversations USING btree (bucket, COALESCE(waiting_since, 'infinity'::timestamp with time zone), id) WHERE (bucket = ANY (ARRAY['open'::text, 'pending'::text, 'snoozed'::text]));

create table customer_claims (
  customer int8 not null,
  kind text not null,
  scope int8 not null default 0,
  value text not null,
  claimed_at timestamptz not null,
  constraint customer_claims_pkey PRIMARY KEY (customer, kind, scope, value),
  constraint customer_claims_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id)
);

create table customer_distinctions (
  one int8 not null,
  other int8 not null,
  told_at timestamptz not null,
  told_by int8,
  constraint customer_distinctions_pkey PRIMARY KEY (one, other),
  constraint customer_distinctions_one_fkey FOREIGN KEY (one) REFERENCES customers(id),
  constraint customer_distinctions_other_fkey FOREIGN KEY (other) REFERENCES customers(id),
  constraint customer_distinctions_told_by_fkey FOREIGN KEY (told_by) REFERENCES agents(id),
  constraint customer_distinctions_check CHECK ((one < other))
);

create table customer_identities (
  id int8 not null generated always as identity,
  customer int8 not null,
  kind text not null,
  scope int8 not null default 0,
  value text not null,
  verified_at timestamptz,
  failing_since timestamptz,
  created_at timestamptz not null,
  origin int8,
  constraint customer_identities_kind_scope_value_key UNIQUE (kind, scope, value),
  constraint customer_identities_pkey PRIMARY KEY (id),
  constraint customer_identities_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id),
  constraint customer_identities_origin_fkey FOREIGN KEY (origin) REFERENCES customers(id)
);
CREATE INDEX customer_identities_customer_idx ON public.customer_identities USING btree (customer);
CREATE INDEX customer_identities_domain ON public.customer_identities USING btree (split_part(value, '@'::text, 2)) WHERE (kind = 'mail'::text);
CREATE INDEX customer_identities_origin_idx ON public.customer_identities USING btree (origin) WHERE (origin IS NOT NULL);
CREATE INDEX customer_identities_trgm ON public.customer_identities USING gin (value gin_trgm_ops);

create table customer_joins (
  id int8 not null generated always as identity,
  survivor int8 not null,
  joined int8 not null,
  reason text not null,
  filled jsonb not null default '{}'::jsonb,
  joined_at timestamptz not null,
  joined_by text not null,
  undone_at timestamptz,
  undone_by text,
  constraint customer_joins_pkey PRIMARY KEY (id),
  constraint customer_joins_joined_fkey FOREIGN KEY (joined) REFERENCES customers(id),
  constraint customer_joins_survivor_fkey FOREIGN KEY (survivor) REFERENCES customers(id),
  constraint customer_joins_check CHECK ((survivor <> joined))
);
CREATE UNIQUE INDEX customer_joins_current ON public.customer_joins USING btree (joined) WHERE (undone_at IS NULL);
CREATE INDEX customer_joins_survivor_idx ON public.customer_joins USING btree (survivor) WHERE (undone_at IS NULL);

create table customer_notes (
  id int8 not null generated always as identity,
  customer int8 not null,
  origin int8,
  text text not null,
  author int8,
  written_at timestamptz not null,
  changed_at timestamptz,
  removed_at timestamptz,
  removed_by int8,
  constraint customer_notes_pkey PRIMARY KEY (id),
  constraint customer_notes_author_fkey FOREIGN KEY (author) REFERENCES agents(id),
  constraint customer_notes_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id),
  constraint customer_notes_origin_fkey FOREIGN KEY (origin) REFERENCES customers(id),
  constraint customer_notes_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES agents(id),
  constraint customer_notes_text_check CHECK ((text <> ''::text))
);
CREATE INDEX customer_notes_customer_idx ON public.customer_notes USING btree (customer) WHERE (removed_at IS NULL);

create table customers (
  id int8 not null generated always as identity,
  name text,
  company int8,
  language text,
  time_zone text,
  vip_at timestamptz,
  hint text,
  joined_into int8,
  created_at timestamptz not null,
  fields jsonb not null default '{}'::jsonb,
  primary_identity int8,
  last_changes jsonb not null default '{}'::jsonb,
  erased_at timestamptz,
  constraint customers_pkey PRIMARY KEY (id),
  constraint customers_company_fkey FOREIGN KEY (company) REFERENCES companies(id),
  constraint customers_joined_into_fkey FOREIGN KEY (joined_into) REFERENCES customers(id),
  constraint customers_primary_identity_fkey FOREIGN KEY (primary_identity) REFERENCES customer_identities(id) ON DELETE SET NULL
);
CREATE INDEX customers_company_idx ON public.customers USING btree (company) WHERE (company IS NOT NULL);
CREATE INDEX customers_joined_into_idx ON public.customers USING btree (joined_into) WHERE (joined_into IS NOT NULL);
CREATE INDEX customers_name_trgm ON public.customers USING gin (lower(name) gin_trgm_ops);
CREATE INDEX customers_plain_trgm ON public.customers USING gin (search_plain(name) gin_trgm_ops);
CREATE INDEX customers_primary_identity_idx ON public.customers USING btree (primary_identity) WHERE (primary_identity IS NOT NULL);

create table deliveries (
  id int8 not null generated always as identity,
  message int8 not null,
  channel int8,
  recipient text not null,
  role text not null default 'to'::text,
  state text not null,
  due_at timestamptz,
  attempts int4 not null default 0,
  first_tried_at timestamptz,
  claimed_by text,
  claimed_at timestamptz,
  settled_at timestamptz,
  constraint deliveries_message_recipient_key UNIQUE (message, recipient),
  constraint deliveries_pkey PRIMARY KEY (id),
  constraint deliveries_channel_fkey FOREIGN KEY (channel) REFERENCES channels(id),
  constraint deliveries_message_fkey FOREIGN KEY (message) REFERENCES messages(id) ON DELETE CASCADE,
  constraint deliveries_role_check CHECK ((role = ANY (ARRAY['to'::text, 'cc'::text, 'bcc'::text]))),
  constraint deliveries_state_check CHECK ((state = ANY (ARRAY['scheduled'::text, 'held'::text, 'queued'::text, 'sending'::text, 'uncertain'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'bounced'::text, 'cancelled'::text])))
);
CREATE INDEX deliveries_due ON public.deliveries USING btree (due_at) WHERE (state = ANY (ARRAY['scheduled'::text, 'held'::text, 'queued'::text, 'sending'::text, 'uncertain'::text]));

create table delivery_attempts (
  id int8 not null generated always as identity,
  delivery int8 not null,
  at timestamptz not null,
  state text not null,
  code text,
  text text not null,
  own_key text,
  own_params jsonb,
  constraint delivery_attempts_pkey PRIMARY KEY (id),
  constraint delivery_attempts_delivery_fkey FOREIGN KEY (delivery) REFERENCES deliveries(id) ON DELETE CASCADE
);
CREATE INDEX delivery_attempts_delivery_idx ON public.delivery_attempts USING btree (delivery);

create table delivery_counts (
  shard int2 not null,
  total int8 not null default 0,
  constraint delivery_counts_pkey PRIMARY KEY (shard)
);

create table door_counts (
  door text not null,
  shard int2 not null,
  received int8 not null default 0,
  constraint door_counts_pkey PRIMARY KEY (door, shard)
);

create table draft_views (
  conversation int8 not null,
  agent int8 not null,
  kind text not null default 'reply'::text,
  viewer int8 not null,
  viewed_at timestamptz not null,
  constraint draft_views_pkey PRIMARY KEY (conversation, agent, viewer),
  constraint draft_views_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint draft_views_conversation_agent_kind_fkey FOREIGN KEY (conversation, agent, kind) REFERENCES drafts(conversation, agent, kind) ON DELETE CASCADE,
  constraint draft_views_viewer_fkey FOREIGN KEY (viewer) REFERENCES agents(id) ON DELETE CASCADE
);

create table drafts (
  conversation int8 not null,
  agent int8 not null,
  kind text not null,
  text text not null,
  html text,
  recipients jsonb,
  copies jsonb,
  blind_copies jsonb,
  attachments _int8 not null default '{}'::bigint[],
  last_seen int8,
  after_sending jsonb,
  stopped_at timestamptz,
  updated_at timestamptz not null,
  asked_by int8,
  asked_at timestamptz,
  begun_at timestamptz,
  constraint drafts_pkey PRIMARY KEY (conversation, agent, kind),
  constraint drafts_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint drafts_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES agents(id) ON DELETE SET NULL,
  constraint drafts_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint drafts_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'comment'::text])))
);
CREATE INDEX drafts_agent_updated_at_idx ON public.drafts USING btree (agent, updated_at DESC);

create table erasures (
  id int8 not null generated always as identity,
  at timestamptz not null,
  agent int8,
  kind text not null,
  subject int8 not null,
  conversation int8 not null,
  item_at timestamptz not null,
  reason text not null,
  noted_at timestamptz,
  constraint erasures_pkey PRIMARY KEY (id),
  constraint erasures_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint erasures_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'comment'::text, 'attachment'::text, 'person'::text]))),
  constraint erasures_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX erasures_subject ON public.erasures USING btree (kind, subject);
CREATE INDEX erasures_unnoted ON public.erasures USING btree (id) WHERE (noted_at IS NULL);

create table events (
  id int8 not null default nextval('item_ids'::regclass),
  seq int8,
  at timestamptz not null,
  kind text not null,
  version int2 not null default 1,
  actor_kind text not null,
  actor_id int8,
  conversation int8,
  item int8,
  position int4,
  before jsonb not null default '{}'::jsonb,
  after jsonb not null default '{}'::jsonb,
  cause int8,
  depth int2 not null default 0,
  constraint events_seq_key UNIQUE (seq),
  constraint events_pkey PRIMARY KEY (id),
  constraint events_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint events_depth_check CHECK (((depth >= 0) AND (depth <= 5)))
);
CREATE INDEX events_conversation ON public.events USING btree (conversation, id);
CREATE INDEX events_timeline ON public.events USING btree (conversation, "position") WHERE ("position" IS NOT NULL);
CREATE INDEX events_unsequenced ON public.events USING btree (id) WHERE (seq IS NULL);

create table files (
  sha256 bytea not null,
  size int8 not null,
  stored_at timestamptz not null,
  constraint files_pkey PRIMARY KEY (sha256)
);

create table fingerprints (
  inbox int8 not null,
  fingerprint bytea not null,
  ledger int8 not null,
  constraint fingerprints_pkey PRIMARY KEY (inbox, fingerprint),
  constraint fingerprints_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id),
  constraint fingerprints_ledger_fkey FOREIGN KEY (ledger) REFERENCES ledger(id) ON DELETE CASCADE
);

create table first_answers (
  conversation int8 not null,
  agent int8 not null,
  at timestamptz not null,
  asked_at timestamptz not null,
  constraint first_answers_pkey PRIMARY KEY (conversation),
  constraint first_answers_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint first_answers_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint first_answers_check CHECK ((at >= asked_at))
);
CREATE INDEX first_answers_at ON public.first_answers USING btree (at) INCLUDE (conversation, asked_at);

create table followers (
  conversation int8 not null,
  agent int8 not null,
  followed_at timestamptz not null,
  constraint followers_pkey PRIMARY KEY (conversation, agent),
  constraint followers_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint followers_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX followers_agent_idx ON public.followers USING btree (agent);

create table form_replies (
  conversation int8 not null,
  inbox int8 not null,
  sender text not null,
  reply_to text not null,
  name text,
  constraint form_replies_pkey PRIMARY KEY (conversation),
  constraint form_replies_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint form_replies_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id) ON DELETE CASCADE
);
CREATE INDEX form_replies_sender ON public.form_replies USING btree (inbox, sender, reply_to);

create table form_senders (
  id int8 not null generated always as identity,
  inbox int8 not null,
  address text not null,
  asked_at timestamptz not null,
  is_form bool,
  decided_at timestamptz,
  decided_by text,
  constraint form_senders_inbox_address_key UNIQUE (inbox, address),
  constraint form_senders_pkey PRIMARY KEY (id),
  constraint form_senders_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id) ON DELETE CASCADE,
  constraint form_senders_check CHECK (((is_form IS NULL) = (decided_at IS NULL)))
);

create table handoffs (
  id int8 not null generated always as identity,
  conversation int8 not null,
  holder_kind text not null,
  holder_id int8,
  began_at timestamptz not null,
  ended_at timestamptz,
  event int8 not null,
  constraint handoffs_pkey PRIMARY KEY (id),
  constraint handoffs_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX handoffs_conversation_began_at_idx ON public.handoffs USING btree (conversation, began_at);
CREATE UNIQUE INDEX handoffs_current ON public.handoffs USING btree (conversation) WHERE (ended_at IS NULL);

create table idempotency_keys (
  agent int8 not null,
  route text not null,
  key text not null,
  body_hash bytea not null,
  status int4 not null,
  response jsonb not null,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey PRIMARY KEY (agent, route, key),
  constraint idempotency_keys_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys USING btree (created_at);

create table imap_positions (
  channel int8 not null,
  folder text not null,
  uid_validity text not null,
  last_uid int8 not null,
  taken_at timestamptz not null,
  constraint imap_positions_pkey PRIMARY KEY (channel, folder),
  constraint imap_positions_channel_fkey FOREIGN KEY (channel) REFERENCES channels(id) ON DELETE CASCADE
);

create table inbox_aliases (
  address text not null,
  inbox int8 not null,
  constraint inbox_aliases_pkey PRIMARY KEY (address),
  constraint inbox_aliases_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id) ON DELETE CASCADE,
  constraint inbox_aliases_address_check CHECK ((address = lower(address)))
);

create table inbox_teams (
  inbox int8 not null,
  team int8 not null,
  constraint inbox_teams_pkey PRIMARY KEY (inbox, team),
  constraint inbox_teams_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id) ON DELETE CASCADE,
  constraint inbox_teams_team_fkey FOREIGN KEY (team) REFERENCES teams(id) ON DELETE CASCADE
);

create table inboxes (
  id int8 not null generated always as identity,
  name text not null,
  address text not null,
  team int8 not null,
  seen_by text not null default 'all'::text,
  signature text,
  quote text not null default 'last'::text,
  sender_name text not null default 'agent'::text,
  guard text not null default 'default'::text,
  plus_addressing bool not null default false,
  created_at timestamptz not null,
  removed_at timestamptz,
  acknowledges bool not null default false,
  acknowledgement text,
  constraint inboxes_pkey PRIMARY KEY (id),
  constraint inboxes_team_fkey FOREIGN KEY (team) REFERENCES teams(id),
  constraint inboxes_address_check CHECK ((address = lower(address))),
  constraint inboxes_guard_check CHECK ((guard = ANY (ARRAY['off'::text, 'default'::text, 'all'::text]))),
  constraint inboxes_name_check CHECK ((name <> ''::text)),
  constraint inboxes_quote_check CHECK ((quote = ANY (ARRAY['none'::text, 'last'::text, 'all'::text]))),
  constraint inboxes_seen_by_check CHECK ((seen_by = ANY (ARRAY['all'::text, 'teams'::text]))),
  constraint inboxes_sender_name_check CHECK ((sender_name = ANY (ARRAY['agent'::text, 'first'::text, 'team'::text])))
);
CREATE UNIQUE INDEX inboxes_address ON public.inboxes USING btree (address) WHERE (removed_at IS NULL);

create table known_message_ids (
  inbox int8 not null,
  message_id text not null,
  conversation int8 not null,
  carried bool not null,
  constraint known_message_ids_pkey PRIMARY KEY (inbox, message_id),
  constraint known_message_ids_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint known_message_ids_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id) ON DELETE CASCADE
);
CREATE INDEX known_message_ids_conversation_idx ON public.known_message_ids USING btree (conversation);

create table ledger (
  id int8 not null generated always as identity,
  received_at timestamptz not null,
  door text not null,
  channel int8,
  inbox int8 not null,
  source_key text,
  sha256 bytea not null,
  size int8 not null,
  envelope_from text,
  envelope_to _text not null default '{}'::text[],
  mode text not null default 'live'::text,
  remote jsonb,
  outcome text not null default 'waiting'::text,
  reason text,
  settled_at timestamptz,
  tries int4 not null default 0,
  next_try_at timestamptz,
  message_id text,
  from_address text,
  subject text,
  conversation int8,
  item int8,
  duplicate_of int8,
  verdict jsonb,
  erased_at timestamptz,
  erased_by text,
  erased_because text,
  seal int8,
  constraint ledger_pkey PRIMARY KEY (id),
  constraint ledger_channel_fkey FOREIGN KEY (channel) REFERENCES channels(id),
  constraint ledger_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE SET NULL,
  constraint ledger_duplicate_of_fkey FOREIGN KEY (duplicate_of) REFERENCES ledger(id),
  constraint ledger_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id),
  constraint ledger_seal_fkey FOREIGN KEY (seal) REFERENCES seals(id) ON DELETE SET NULL,
  constraint ledger_door_check CHECK ((door = ANY (ARRAY['smtp'::text, 'imap'::text, 'pipe'::text, 'import'::text, 'webhook'::text, 'outbox'::text, 'demo'::text]))),
  constraint ledger_mode_check CHECK ((mode = ANY (ARRAY['live'::text, 'history'::text]))),
  constraint ledger_outcome_check CHECK ((outcome = ANY (ARRAY['waiting'::text, 'failed'::text, 'threaded'::text, 'started'::text, 'comment'::text, 'bounce'::text, 'ignored'::text, 'quarantined'::text, 'refused'::text])))
);
CREATE INDEX ledger_channel ON public.ledger USING btree (channel, received_at) WHERE ((channel IS NOT NULL) AND (mode = 'live'::text) AND ((remote ->> 'sentFolder'::text) IS NULL));
CREATE INDEX ledger_due ON public.ledger USING btree (next_try_at) WHERE (outcome = ANY (ARRAY['waiting'::text, 'failed'::text]));
CREATE INDEX ledger_message_id ON public.ledger USING btree (inbox, message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX ledger_outcomes ON public.ledger USING btree (outcome, id DESC);
CREATE INDEX ledger_refused ON public.ledger USING btree (from_address, received_at) WHERE (outcome = 'refused'::text);
CREATE INDEX ledger_seal ON public.ledger USING btree (seal) WHERE (seal IS NOT NULL);
CREATE INDEX ledger_sha ON public.ledger USING btree (sha256);
CREATE UNIQUE INDEX ledger_source ON public.ledger USING btree (channel, inbox, door, source_key) NULLS NOT DISTINCT WHERE (source_key IS NOT NULL);

create table ledger_tries (
  ledger int8 not null,
  try int4 not null,
  at timestamptz not null,
  error text not null,
  constraint ledger_tries_pkey PRIMARY KEY (ledger, try),
  constraint ledger_tries_ledger_fkey FOREIGN KEY (ledger) REFERENCES ledger(id) ON DELETE CASCADE
);

create table live_seats (
  process uuid not null,
  agent int8 not null,
  heard_at timestamptz not null,
  constraint live_seats_pkey PRIMARY KEY (process, agent),
  constraint live_seats_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE
);
CREATE INDEX live_seats_agent_idx ON public.live_seats USING btree (agent);

create table messages (
  id int8 not null default nextval('item_ids'::regclass),
  conversation int8 not null,
  position int4 not null,
  direction text not null,
  medium text not null default 'mail'::text,
  channel int8,
  at timestamptz not null,
  author_kind text not null,
  author_id int8,
  author_name text,
  author_address text,
  subject text,
  text text not null default ''::text,
  html text,
  fold_from int4,
  fold_to int4,
  sender jsonb,
  recipients jsonb not null default '[]'::jsonb,
  copies jsonb not null default '[]'::jsonb,
  blind_copies jsonb not null default '[]'::jsonb,
  automatic text,
  verified bool,
  ledger int8,
  message_id text,
  in_reply_to text,
  quote text,
  undo_until timestamptz,
  send_at timestamptz,
  unless_customer_writes bool not null default false,
  erased_at timestamptz,
  erased_by text,
  html_safe int2 not null default 0,
  call_seconds int4,
  erased_because text,
  evidence jsonb,
  sealed_at timestamptz,
  checked_at timestamptz,
  checked_by int8,
  origin int8,
  moved bool not null default false,
  constraint messages_conversation_position_key UNIQUE (conversation, "position"),
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_channel_fkey FOREIGN KEY (channel) REFERENCES channels(id),
  constraint messages_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES agents(id),
  constraint messages_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint messages_origin_fkey FOREIGN KEY (origin) REFERENCES conversations(id) ON DELETE SET NULL,
  constraint messages_author_kind_check CHECK ((author_kind = ANY (ARRAY['customer'::text, 'participant'::text, 'agent'::text, 'collaborator'::text, 'rule'::text, 'system'::text]))),
  constraint messages_call_seconds_check CHECK (((call_seconds >= 0) AND (call_seconds <= 86400))),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
);
CREATE INDEX messages_checked ON public.messages USING btree (checked_at) WHERE ((checked_at IS NOT NULL) AND (erased_at IS NULL));
CREATE INDEX messages_message_id ON public.messages USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX messages_origin ON public.messages USING btree (origin) WHERE (origin IS NOT NULL);

create table migrations (
  name text not null,
  applied_at timestamptz not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);

create table notice_mails (
  id int8 not null generated always as identity,
  agent int8 not null,
  conversation int8 not null,
  item int8 not null,
  sent_at timestamptz not null,
  constraint notice_mails_pkey PRIMARY KEY (id),
  constraint notice_mails_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint notice_mails_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX notice_mails_conversation_idx ON public.notice_mails USING btree (conversation);

create table notification_mails (
  agent int8 not null,
  due_at timestamptz not null,
  constraint notification_mails_pkey PRIMARY KEY (agent),
  constraint notification_mails_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE
);
CREATE INDEX notification_mails_due_at_idx ON public.notification_mails USING btree (due_at);

create table notifications (
  id int8 not null generated always as identity,
  agent int8 not null,
  conversation int8 not null,
  kind text not null,
  event int8 not null,
  item int8,
  position int4 not null default 0,
  actor_kind text not null,
  actor_id int8,
  at timestamptz not null,
  read_at timestamptz,
  mailed_at timestamptz,
  constraint notifications_agent_event_key UNIQUE (agent, event),
  constraint notifications_pkey PRIMARY KEY (id),
  constraint notifications_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint notifications_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint notifications_kind_check CHECK ((kind = ANY (ARRAY['assigned'::text, 'mentioned'::text, 'customer_yours'::text, 'customer_followed'::text, 'colleague'::text, 'team'::text, 'failed'::text, 'held'::text, 'taken'::text, 'asked'::text, 'answered'::text, 'unanswered'::text, 'alarm'::text])))
);
CREATE INDEX notifications_agent_conversation_idx ON public.notifications USING btree (agent, conversation) WHERE (read_at IS NULL);
CREATE INDEX notifications_conversation_idx ON public.notifications USING btree (conversation);
CREATE UNIQUE INDEX notifications_item ON public.notifications USING btree (agent, kind, item) WHERE (item IS NOT NULL);
CREATE INDEX notifications_unread ON public.notifications USING btree (agent, id DESC) WHERE (read_at IS NULL);

create table outbox_mails (
  id int8 not null generated always as identity,
  message int8,
  inbox int8,
  system_kind text,
  at timestamptz not null,
  sender text not null,
  recipients _text not null,
  subject text not null,
  source bytea not null,
  text text not null default ''::text,
  html text,
  conversation int8,
  constraint outbox_mails_pkey PRIMARY KEY (id),
  constraint outbox_mails_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint outbox_mails_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id),
  constraint outbox_mails_message_fkey FOREIGN KEY (message) REFERENCES messages(id) ON DELETE CASCADE
);
CREATE INDEX outbox_mails_message_idx ON public.outbox_mails USING btree (message);

create table own_addresses (
  address text not null,
  inbox int8 not null,
  constraint own_addresses_pkey PRIMARY KEY (address),
  constraint own_addresses_inbox_fkey FOREIGN KEY (inbox) REFERENCES inboxes(id) ON DELETE CASCADE
);

create table participants (
  conversation int8 not null,
  customer int8 not null,
  address text not null,
  name text,
  confirmed_at timestamptz,
  confirmed_by text,
  removed_at timestamptz,
  added_at timestamptz not null,
  origin int8,
  constraint participants_pkey PRIMARY KEY (conversation, address),
  constraint participants_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint participants_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id),
  constraint participants_origin_fkey FOREIGN KEY (origin) REFERENCES customers(id),
  constraint participants_address_check CHECK ((address = lower(address)))
);
CREATE INDEX participants_customer_idx ON public.participants USING btree (customer);

create table partners (
  id int8 not null generated always as identity,
  address text not null,
  name text,
  listed_at timestamptz,
  asked_at timestamptz,
  created_at timestamptz not null,
  constraint partners_address_key UNIQUE (address),
  constraint partners_pkey PRIMARY KEY (id),
  constraint partners_address_check CHECK ((address = lower(address)))
);

create table push_devices (
  id int8 not null generated always as identity,
  agent int8 not null,
  endpoint text not null,
  keys text not null,
  name text not null,
  session uuid,
  created_at timestamptz not null,
  last_push_at timestamptz,
  ended_at timestamptz,
  constraint push_devices_endpoint_key UNIQUE (endpoint),
  constraint push_devices_pkey PRIMARY KEY (id),
  constraint push_devices_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE
);
CREATE INDEX push_devices_agent_idx ON public.push_devices USING btree (agent) WHERE (ended_at IS NULL);

create table push_keys (
  id int4 not null default 1,
  public text not null,
  sealed text not null,
  created_at timestamptz not null,
  constraint push_keys_pkey PRIMARY KEY (id),
  constraint push_keys_id_check CHECK ((id = 1))
);

create table read_positions (
  conversation int8 not null,
  agent int8 not null,
  position int4 not null,
  read_at timestamptz not null,
  constraint read_positions_pkey PRIMARY KEY (conversation, agent),
  constraint read_positions_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint read_positions_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE
);

create table saved_replies (
  id int8 not null generated always as identity,
  name text not null,
  text text not null,
  scope text not null,
  owner int8 not null,
  team int8,
  updated_at timestamptz not null,
  removed_at timestamptz,
  html text,
  constraint saved_replies_pkey PRIMARY KEY (id),
  constraint saved_replies_owner_fkey FOREIGN KEY (owner) REFERENCES agents(id),
  constraint saved_replies_team_fkey FOREIGN KEY (team) REFERENCES teams(id),
  constraint saved_replies_name_check CHECK ((name <> ''::text)),
  constraint saved_replies_scope_check CHECK ((scope = ANY (ARRAY['me'::text, 'team'::text, 'all'::text])))
);

create table seal_openings (
  id int8 not null generated always as identity,
  seal int8 not null,
  agent int8 not null,
  at timestamptz not null,
  until timestamptz not null,
  reason text not null,
  constraint seal_openings_pkey PRIMARY KEY (id),
  constraint seal_openings_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint seal_openings_seal_fkey FOREIGN KEY (seal) REFERENCES seals(id) ON DELETE CASCADE,
  constraint seal_openings_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX seal_openings_seal ON public.seal_openings USING btree (seal, agent);

create table sealed_words (
  seal int8 not null,
  kind text not null,
  item int8 not null,
  words text not null,
  constraint sealed_words_pkey PRIMARY KEY (seal, kind, item),
  constraint sealed_words_seal_fkey FOREIGN KEY (seal) REFERENCES seals(id) ON DELETE CASCADE,
  constraint sealed_words_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'comment'::text, 'attachment'::text])))
);
CREATE INDEX sealed_words_item ON public.sealed_words USING btree (item);

create table seals (
  id int8 not null generated always as identity,
  message int8 not null,
  attachment int8,
  conversation int8 not null,
  sealed_at timestamptz not null,
  sealed_by int8,
  reason text not null,
  constraint seals_pkey PRIMARY KEY (id),
  constraint seals_attachment_fkey FOREIGN KEY (attachment) REFERENCES attachments(id) ON DELETE CASCADE,
  constraint seals_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint seals_message_fkey FOREIGN KEY (message) REFERENCES messages(id) ON DELETE CASCADE,
  constraint seals_sealed_by_fkey FOREIGN KEY (sealed_by) REFERENCES agents(id),
  constraint seals_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX seals_attachment ON public.seals USING btree (attachment) WHERE (attachment IS NOT NULL);
CREATE INDEX seals_conversation ON public.seals USING btree (conversation);
CREATE UNIQUE INDEX seals_once ON public.seals USING btree (message, COALESCE(attachment, (0)::bigint));

create table sendings (
  message int8 not null,
  agent int8,
  kind text not null,
  then jsonb,
  done jsonb,
  quote text not null default 'none'::text,
  constraint sendings_pkey PRIMARY KEY (message),
  constraint sendings_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id),
  constraint sendings_message_fkey FOREIGN KEY (message) REFERENCES messages(id) ON DELETE CASCADE,
  constraint sendings_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'start'::text, 'forward'::text, 'acknowledgement'::text]))),
  constraint sendings_quote_check CHECK ((quote = ANY (ARRAY['none'::text, 'last'::text, 'all'::text])))
);

create table settings (
  key text not null,
  value jsonb not null,
  constraint settings_pkey PRIMARY KEY (key)
);

create table sign_in_links (
  hash bytea not null,
  kind text not null,
  agent int8 not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint sign_in_links_pkey PRIMARY KEY (hash),
  constraint sign_in_links_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint sign_in_links_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text])))
);
CREATE INDEX sign_in_links_agent_idx ON public.sign_in_links USING btree (agent);

create table sign_in_tries (
  key text not null,
  filled_until timestamptz not null,
  constraint sign_in_tries_pkey PRIMARY KEY (key)
);
CREATE INDEX sign_in_tries_filled_until_idx ON public.sign_in_tries USING btree (filled_until);

create table spam_learned (
  spam bool not null,
  lessons int4 not null default 0,
  constraint spam_learned_pkey PRIMARY KEY (spam)
);

create table spam_lessons (
  conversation int8 not null,
  spam bool not null,
  words _int8 not null,
  at timestamptz not null,
  constraint spam_lessons_pkey PRIMARY KEY (conversation)
);
CREATE INDEX spam_lessons_age ON public.spam_lessons USING btree (spam, at);

create table spam_verdicts (
  conversation int8 not null,
  by text not null,
  words _text not null,
  constraint spam_verdicts_pkey PRIMARY KEY (conversation),
  constraint spam_verdicts_conversation_fkey FOREIGN KEY (conversation) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint spam_verdicts_by_check CHECK ((by = ANY (ARRAY['learned'::text, 'filter'::text])))
);

create table spam_words (
  word int8 not null,
  spam int4 not null default 0,
  other int4 not null default 0,
  constraint spam_words_pkey PRIMARY KEY (word)
);

create table statuses (
  name text not null,
  category text not null,
  created_at timestamptz not null,
  constraint statuses_pkey PRIMARY KEY (name),
  constraint statuses_category_check CHECK ((category = ANY (ARRAY['new'::text, 'open'::text, 'pending'::text, 'on_hold'::text, 'solved'::text]))),
  constraint statuses_name_check CHECK ((name <> ''::text))
);

create table stream_positions (
  name text not null,
  seq int8 not null,
  constraint stream_positions_pkey PRIMARY KEY (name)
);

create table tags (
  id int8 not null generated always as identity,
  name text not null,
  created_at timestamptz not null,
  constraint tags_name_key UNIQUE (name),
  constraint tags_pkey PRIMARY KEY (id),
  constraint tags_name_check CHECK ((name <> ''::text))
);
CREATE UNIQUE INDEX tags_name ON public.tags USING btree (lower(name));

create table taken_addresses (
  address text not null,
  constraint taken_addresses_pkey PRIMARY KEY (address)
);

create table team_members (
  team int8 not null,
  agent int8 not null,
  lead bool not null default false,
  constraint team_members_pkey PRIMARY KEY (team, agent),
  constraint team_members_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id) ON DELETE CASCADE,
  constraint team_members_team_fkey FOREIGN KEY (team) REFERENCES teams(id) ON DELETE CASCADE
);
CREATE INDEX team_members_agent_idx ON public.team_members USING btree (agent);

create table teams (
  id int8 not null generated always as identity,
  name text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  constraint teams_pkey PRIMARY KEY (id),
  constraint teams_name_check CHECK ((name <> ''::text))
);
CREATE UNIQUE INDEX teams_name ON public.teams USING btree (lower(name)) WHERE (removed_at IS NULL);

create table view_order (
  agent int8 not null,
  views _int8 not null,
  constraint view_order_pkey PRIMARY KEY (agent),
  constraint view_order_agent_fkey FOREIGN KEY (agent) REFERENCES agents(id)
);

create table views (
  id int8 not null generated always as identity,
  name text not null,
  scope text not null,
  owner int8 not null,
  team int8,
  filters jsonb not null,
  sort text,
  created_at timestamptz not null,
  constraint views_pkey PRIMARY KEY (id),
  constraint views_owner_fkey FOREIGN KEY (owner) REFERENCES agents(id),
  constraint views_team_fkey FOREIGN KEY (team) REFERENCES teams(id),
  constraint views_check CHECK (((scope = 'team'::text) = (team IS NOT NULL))),
  constraint views_name_check CHECK ((name <> ''::text)),
  constraint views_scope_check CHECK ((scope = ANY (ARRAY['me'::text, 'team'::text, 'all'::text])))
);
CREATE INDEX views_owner_idx ON public.views USING btree (owner);

CREATE OR REPLACE FUNCTION public.conversation_bucket(c conversations)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when c.merged_into is not null then null
    when c.trashed_at is not null then 'trash'
    when c.spam_at is not null then 'spam'
    when c.category in ('solved', 'closed') then case when c.thanks_at is not null then 'thanks' else 'closed' end
    when c.snoozed_until is not null then 'snoozed'
    when c.category = 'pending' then 'pending'
    else 'open'
  end
$function$
;

CREATE OR REPLACE FUNCTION public.count_conversation()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.give_to_survivor()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  next bigint;
begin
  loop
    select joined_into into next from customers where id = new.customer for key share;
    exit when next is null;
    new.origin := coalesce(new.origin, new.customer);
    new.customer := next;
  end loop;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.keep_own_address()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'inbox_aliases' then
    if tg_op <> 'INSERT' then delete from own_addresses where address = old.address; end if;
    if tg_op <> 'DELETE' then insert into own_addresses values (new.address, new.inbox); end if;
    return null;
  end if;
  if tg_op = 'UPDATE' and old.address = new.address and (old.removed_at is null) = (new.removed_at is null) then
    return null;
  end if;
  if tg_op <> 'INSERT' and old.removed_at is null then
    delete from own_addresses where address = old.address;
  end if;
  if tg_op <> 'DELETE' and new.removed_at is null then
    insert into own_addresses values (new.address, new.id);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.keep_taken_address()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then delete from taken_addresses where address = old.address; end if;
  if tg_op <> 'DELETE' then insert into taken_addresses values (new.address); end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.keep_taken_agent_address()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.address = new.address and (old.removed_at is null) = (new.removed_at is null) then
    return null;
  end if;
  if tg_op <> 'INSERT' and old.removed_at is null then
    delete from taken_addresses where address = old.address;
  end if;
  if tg_op <> 'DELETE' and new.removed_at is null then insert into taken_addresses values (new.address); end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.number_events(most integer, lock_space integer, channel text)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  n bigint;
  last bigint;
begin
  perform pg_advisory_xact_lock(lock_space, 0);
  with fresh as (
    select id, (select greatest(max(seq), 0) from events) + row_number() over (order by id) as seq
    from (select id from events where seq is null order by id limit most) waiting
  ), numbered as (
    update events e set seq = fresh.seq from fresh where e.id = fresh.id returning e.seq
  )
  select count(*), max(seq) into n, last from numbered;
  if n > 0 then perform pg_notify(channel, last::text); end if;
  return n;
end $function$
;

CREATE OR REPLACE FUNCTION public.search_join(a tsvector, b tsvector)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
begin
  return a || b;
exception when program_limit_exceeded then
  return a;
end $function$
;

CREATE OR REPLACE FUNCTION public.search_normal(t text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(translate(
    case when t ~ '[\u3040-\u30ff\u3400-\u9fff]'
      then regexp_replace(unaccent(t), '([\u3040-\u30ff\u3400-\u9fff])', ' \1 ', 'g') else unaccent(t) end,
    E'\u00ad\u200b\u200c\u200d\u2060\ufeff', ''), '[^[:alnum:]]+', ' ', 'g')
$function$
;

CREATE OR REPLACE FUNCTION public.search_phones(t text)
 RETURNS tsvector
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when t ~ '\d[\d ().\u2013/-]{5}' then search_phones_in(t) else ''::tsvector end
$function$
;

CREATE OR REPLACE FUNCTION public.search_phones_in(t text)
 RETURNS tsvector
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
AS $function$
  select coalesce(array_to_tsvector(array_agg('tel' || right(digits, n))), ''::tsvector)
  from (
    select regexp_replace(m[1], '\D', '', 'g') as digits
    from regexp_matches(t, '(?:^|[^\d])(\d[\d ().\u2013/-]{5,20}\d)(?!\d)', 'g') m
  ) found cross join unnest(array[7, 10]) n
  where length(digits) between greatest(7, n) and 15
$function$
;

CREATE OR REPLACE FUNCTION public.search_plain(t text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select lower(public.unaccent('public.unaccent', t))
$function$
;

CREATE OR REPLACE FUNCTION public.search_query(t text, prefix boolean)
 RETURNS tsquery
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE STRICT
AS $function$
declare
  words text[] := string_to_array(btrim(search_normal(t)), ' ');
  last text := words[cardinality(words)];
begin
  if not prefix or last is null or last = '' then return plainto_tsquery('foyer', search_text(t)); end if;
  return plainto_tsquery('foyer', array_to_string(words[:cardinality(words) - 1], ' '))
    && (to_tsquery('simple', lower(last) || ':*') || to_tsquery('foyer', last || ':*'));
end $function$
;

CREATE OR REPLACE FUNCTION public.search_says(t text, phrase text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
AS $function$
  select strpos(' ' || btrim(lower(search_normal(t))) || ' ', ' ' || phrase || ' ') > 0
$function$
;

CREATE OR REPLACE FUNCTION public.search_text(t text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when t ~ '[\u00ad\u200b-\u200d\u2060\ufeff\u3040-\u30ff\u3400-\u9fff]' then search_normal(t)
    else regexp_replace(unaccent(t), '[^[:alnum:] ]+', ' ', 'g') end
$function$
;

CREATE OR REPLACE FUNCTION public.search_words(t text)
 RETURNS tsvector
 LANGUAGE plpgsql
 STABLE STRICT
AS $function$
declare
  found tsvector := '';
begin
  if length(t) <= 100000 then return search_words_brief(t); end if;
  for i in 0 .. least(length(t), 10000000) / 100000 loop
    begin
      found := found || search_words_brief(substr(t, i * 100000 + 1, 100000));
    exception when program_limit_exceeded then exit;
    end;
  end loop;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION public.search_words_brief(t text)
 RETURNS tsvector
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select strip(to_tsvector('foyer', search_text(t))) || search_phones(t)
$function$
;

CREATE TRIGGER count_conversation AFTER INSERT OR DELETE OR UPDATE OF inbox, team, assignee, category, snoozed_until, spam_at, trashed_at, thanks_at, merged_into ON public.conversations FOR EACH ROW EXECUTE FUNCTION count_conversation();

CREATE TRIGGER give_to_survivor BEFORE INSERT OR UPDATE OF customer ON public.conversations FOR EACH ROW EXECUTE FUNCTION give_to_survivor();

CREATE TRIGGER give_to_survivor BEFORE INSERT OR UPDATE OF customer ON public.customer_identities FOR EACH ROW EXECUTE FUNCTION give_to_survivor();

CREATE TRIGGER give_to_survivor BEFORE INSERT OR UPDATE OF customer ON public.customer_notes FOR EACH ROW EXECUTE FUNCTION give_to_survivor();

CREATE TRIGGER give_to_survivor BEFORE INSERT OR UPDATE OF customer ON public.participants FOR EACH ROW EXECUTE FUNCTION give_to_survivor();

CREATE TRIGGER keep_own_address AFTER INSERT OR DELETE OR UPDATE ON public.inbox_aliases FOR EACH ROW EXECUTE FUNCTION keep_own_address();

CREATE TRIGGER keep_own_address AFTER INSERT OR DELETE OR UPDATE ON public.inboxes FOR EACH ROW EXECUTE FUNCTION keep_own_address();

CREATE TRIGGER keep_taken_address AFTER INSERT OR DELETE OR UPDATE ON public.agent_addresses FOR EACH ROW EXECUTE FUNCTION keep_taken_address();

CREATE TRIGGER keep_taken_address AFTER INSERT OR DELETE OR UPDATE ON public.agents FOR EACH ROW EXECUTE FUNCTION keep_taken_agent_address();

CREATE TRIGGER keep_taken_address AFTER INSERT OR DELETE OR UPDATE ON public.own_addresses FOR EACH ROW EXECUTE FUNCTION keep_taken_address();
