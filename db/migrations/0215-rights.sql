-- What an agent may do beyond his role; administrators may all of it. `source`: raw mail as it came, shown and downloaded.
-- `sealed`: open what is sealed, with a reason that is kept.
alter table agents add column rights text[] not null default '{}'
  constraint agents_rights_check check (rights <@ array['source', 'sealed']);
