-- A mail of news about one conversation can be answered: its answer names the row.
create table notice_mails (
  id bigint generated always as identity primary key,
  agent bigint not null references agents on delete cascade,
  conversation bigint not null references conversations on delete cascade,
  -- the newest item it told of: what its reader has seen when he answers
  item bigint not null,
  sent_at timestamptz not null
);
create index on notice_mails (conversation);
