-- What a message of ours does to its conversation: `then` waits for a later sending to leave, `done` is what it
-- changed already, so that an undo puts back what nobody has touched since.
create table sendings (
  message bigint primary key references messages on delete cascade,
  agent bigint references agents,
  kind text not null check (kind in ('reply', 'start', 'forward')),
  "then" jsonb,
  done jsonb,
  -- the pages of quoted history that go along, as the writer saw them
  quote text not null default 'none' check (quote in ('none', 'last', 'all'))
);

-- The test mailbox shows a mail as the customer would see it.
alter table outbox_mails
  add column text text not null default '',
  add column html text;
