-- What people erased, and why. The words themselves are nowhere; these rows (and erasures.jsonl in the data folder, which
-- outlives the database) let a restored backup be erased again.
create table erasures (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  agent bigint references agents,
  kind text not null check (kind in ('message', 'comment', 'attachment')),
  subject bigint not null,
  conversation bigint not null,
  -- when that message or comment came: after a restore its number may be another one's
  item_at timestamptz not null,
  reason text not null check (reason <> ''),
  noted_at timestamptz
);
create index erasures_unnoted on erasures (id) where noted_at is null;
create index erasures_subject on erasures (kind, subject);
alter table ledger add column erased_because text;
alter table messages add column erased_because text;
