-- Links of invitations and password resets: only the hash is kept, each works once.
create table sign_in_links (
  hash bytea primary key,
  kind text not null check (kind in ('invitation', 'reset')),
  agent bigint not null references agents on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on sign_in_links (agent);

-- Tries at signing in, shared by all processes: each pushes filled_until on, time empties it again.
-- key is a hash: what people type into the address field by mistake may be a password.
create table sign_in_tries (
  key text primary key,
  filled_until timestamptz not null
);
create index on sign_in_tries (filled_until);

-- An address of ours belongs to one inbox, as its own or as an alias; both tables keep this one.
create table own_addresses (
  address text primary key,
  inbox bigint not null references inboxes on delete cascade
);
insert into own_addresses select address, id from inboxes where removed_at is null;
insert into own_addresses select address, inbox from inbox_aliases;

create function keep_own_address() returns trigger language plpgsql as $$
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
end $$;
create trigger keep_own_address after insert or update or delete on inboxes
  for each row execute function keep_own_address();
create trigger keep_own_address after insert or update or delete on inbox_aliases
  for each row execute function keep_own_address();

-- Removed inboxes and teams give their address and name free.
alter table inboxes drop constraint inboxes_address_key;
create unique index inboxes_address on inboxes (address) where removed_at is null;
alter table teams drop constraint teams_name_key;
create unique index teams_name on teams (lower(name)) where removed_at is null;
