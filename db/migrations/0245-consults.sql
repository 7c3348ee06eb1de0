-- Consults: a question to people inside, or to partners outside, asked and answered by mail, kept as comments.

-- Whom one can ask who has no account here: a department's address, a supplier, a colleague.
create table partners (
  id bigint generated always as identity primary key,
  address text not null unique check (address = lower(address)),
  name text,
  -- kept by administrators in the directory; the others were asked once and are offered again
  listed_at timestamptz,
  asked_at timestamptz,
  created_at timestamptz not null
);

create table consults (
  id bigint generated always as identity primary key,
  conversation bigint not null references conversations on delete cascade,
  question bigint not null references comments on delete cascade,
  asked_by bigint not null references agents,
  asked_at timestamptz not null,
  kind text not null check (kind in ('agent', 'team', 'partner')),
  -- the agent, team or partner
  whom bigint not null,
  -- what goes along: {message, thread, files}
  include jsonb not null default '{}',
  state text not null default 'open' check (state in ('open', 'answered', 'withdrawn')),
  answer_by timestamptz not null,
  nudges int not null default 0,
  -- when somebody is reminded next; null: nobody is any more
  nudge_at timestamptz,
  ended_at timestamptz,
  answer bigint references comments on delete set null,
  check ((state = 'open') = (ended_at is null)),
  check (state = 'open' or nudge_at is null)
);
create index on consults (conversation, id);
create index on consults (question);
create index consults_open on consults (kind, whom) where state = 'open';
create index consults_nudge on consults (nudge_at) where nudge_at is not null;

-- Every mail about it, one row for each person; what an answer brings back names the row.
create table consult_mails (
  id bigint generated always as identity primary key,
  consult bigint not null references consults on delete cascade,
  kind text not null check (kind in ('question', 'nudge')),
  address text not null check (address = lower(address)),
  name text,
  agent bigint references agents,
  message_id text not null unique,
  at timestamptz not null,
  sent_at timestamptz,
  failed_at timestamptz,
  -- the server's words, or a bounce's
  said text
);
create index on consult_mails (consult);
create index on consult_mails (address, at);

-- Message-IDs of answers: whatever refers to one is internal as well.
create table consult_ids (
  message_id text primary key,
  consult bigint not null references consults on delete cascade
);
create index on consult_ids (consult);

alter table conversations
  add column asked_kind text check (asked_kind in ('agent', 'team', 'partner')),
  add column asked_id bigint,
  add check ((asked_kind is null) = (asked_id is null));

alter table comments
  -- the consult it answers; who wrote it, where he is nobody's account
  add column consult bigint references consults on delete set null,
  add column author_address text,
  -- by mail: whether he was asked himself (false: somebody forwarded the question to him); null: not by mail
  add column invited boolean,
  add column verified boolean;
create index on comments (consult) where consult is not null;

-- The test mailbox keeps mails about consults, too.
alter table outbox_mails add column conversation bigint references conversations on delete cascade;

alter table notifications drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in ('assigned', 'mentioned', 'customer_yours', 'customer_followed',
    'colleague', 'team', 'failed', 'held', 'taken', 'asked', 'answered', 'unanswered', 'alarm'));
