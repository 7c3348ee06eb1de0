-- Somebody inside to whom a question was forwarded: once an agent has said that he may answer, he may.
create table approved_people (
  address text primary key check (address = lower(address)),
  approved_by bigint references agents on delete set null,
  approved_at timestamptz not null
);
