-- Somebody looked at what a message should not have carried (a card's number, a passport) and is done with it.
alter table messages add column checked_at timestamptz;
alter table messages add column checked_by bigint references agents;
create index messages_checked on messages (checked_at) where checked_at is not null and erased_at is null;
