-- Sealed: kept, and out of everybody's sight until somebody who may opens it with a reason. The words and the names of
-- the files are here alone, encrypted under the desk's secret; where they stood is blank meanwhile.
create table seals (
  id bigint generated always as identity primary key,
  message bigint not null references messages on delete cascade,
  -- null: the whole message with its files
  attachment bigint references attachments on delete cascade,
  conversation bigint not null references conversations on delete cascade,
  sealed_at timestamptz not null,
  sealed_by bigint references agents,
  reason text not null check (reason <> '')
);
create unique index seals_once on seals (message, coalesce(attachment, 0));
create index seals_attachment on seals (attachment) where attachment is not null;
create index seals_conversation on seals (conversation);
-- What stood in a row before: of the message itself, of its files, and of what quotes it.
create table sealed_words (
  seal bigint not null references seals on delete cascade,
  kind text not null check (kind in ('message', 'comment', 'attachment')),
  item bigint not null,
  words text not null,
  primary key (seal, kind, item)
);
create index sealed_words_item on sealed_words (item);
create table seal_openings (
  id bigint generated always as identity primary key,
  seal bigint not null references seals on delete cascade,
  agent bigint not null references agents,
  at timestamptz not null,
  -- so long the files and the raw mail can be fetched
  until timestamptz not null,
  reason text not null check (reason <> '')
);
create index seal_openings_seal on seal_openings (seal, agent);
alter table messages add column sealed_at timestamptz;
alter table attachments add column seal bigint references seals on delete set null;
create index attachments_seal on attachments (seal) where seal is not null;
alter table ledger add column seal bigint references seals on delete set null;
create index ledger_seal on ledger (seal) where seal is not null;
