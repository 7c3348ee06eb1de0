-- An address inside belongs to one inbox or to one agent: whoever comes second is stopped here, also when both come
-- at the same moment. Kept by own_addresses (inboxes), agents and agent_addresses; a removed agent gives his free.
create table taken_addresses (
  address text primary key
);
insert into taken_addresses
  select address from own_addresses
  union select address from agents where removed_at is null
  union select address from agent_addresses;

create function keep_taken_address() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then delete from taken_addresses where address = old.address; end if;
  if tg_op <> 'DELETE' then insert into taken_addresses values (new.address); end if;
  return null;
end $$;
create trigger keep_taken_address after insert or update or delete on own_addresses
  for each row execute function keep_taken_address();
create trigger keep_taken_address after insert or update or delete on agent_addresses
  for each row execute function keep_taken_address();

create function keep_taken_agent_address() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.address = new.address and (old.removed_at is null) = (new.removed_at is null) then
    return null;
  end if;
  if tg_op <> 'INSERT' and old.removed_at is null then
    delete from taken_addresses where address = old.address;
  end if;
  if tg_op <> 'DELETE' and new.removed_at is null then insert into taken_addresses values (new.address); end if;
  return null;
end $$;
create trigger keep_taken_address after insert or update or delete on agents
  for each row execute function keep_taken_agent_address();
