-- Who is on the other side: words about him with their author, companies by their mail domains, who changed what last,
-- and two customers joined and taken apart again.

-- The other way round was one domain per company.
create table company_domains (
  domain text primary key check (domain = lower(domain) and domain <> ''),
  -- null: somebody said that this domain is nobody's company (a mail host of the region)
  company bigint references companies,
  added_at timestamptz not null
);
create index on company_domains (company);
insert into company_domains select lower(domain), id, created_at from companies where domain <> '';
alter table companies drop column domain;
create index companies_name on companies (lower(name));

-- `origin` stands wherever something belongs to a customer: whose it was before he was joined into the one who has it
-- now; null: it is that one's own. Taking two apart gives everything back by it, in whatever order they were joined.
alter table customer_identities add column origin bigint references customers;
alter table conversations add column origin bigint references customers;
alter table participants add column origin bigint references customers;
create index on customer_identities (origin) where origin is not null;

alter table customers
  -- simple fields of the installation's own: name → text
  add column fields jsonb not null default '{}',
  -- the address or number shown first and written to
  add column primary_identity bigint references customer_identities on delete set null,
  -- field → who changed it last, and when: {"hint": {"by": "7", "at": "…"}}
  add column last_changes jsonb not null default '{}';
create index on customers (company) where company is not null;
create index on customers (joined_into) where joined_into is not null;
create index on customers (primary_identity) where primary_identity is not null;
-- Everybody of a company's domain.
create index customer_identities_domain on customer_identities (split_part(value, '@', 2)) where kind = 'mail';

-- What colleagues tell each other about a customer.
create table customer_notes (
  id bigint generated always as identity primary key,
  customer bigint not null references customers,
  origin bigint references customers,
  text text not null check (text <> ''),
  -- null: it came with the customer (an import, an earlier version)
  author bigint references agents,
  written_at timestamptz not null,
  changed_at timestamptz,
  removed_at timestamptz,
  removed_by bigint references agents
);
create index on customer_notes (customer) where removed_at is null;
insert into customer_notes (customer, text, written_at)
  select id, notes, created_at from customers where notes <> '';
alter table customers drop column notes;

create table customer_joins (
  id bigint generated always as identity primary key,
  survivor bigint not null references customers,
  joined bigint not null references customers,
  -- by_hand, or what proved that they are one: verified
  reason text not null,
  -- what the survivor did not have and took over: field → value
  filled jsonb not null default '{}',
  joined_at timestamptz not null,
  joined_by text not null,
  undone_at timestamptz,
  undone_by text,
  check (survivor <> joined)
);
create unique index customer_joins_current on customer_joins (joined) where undone_at is null;
create index on customer_joins (survivor) where undone_at is null;

-- "These two are not the same": it is not suggested again.
create table customer_distinctions (
  one bigint not null references customers,
  other bigint not null references customers,
  told_at timestamptz not null,
  told_by bigint references agents,
  primary key (one, other),
  check (one < other)
);

-- What a channel said of a customer and what is another customer's: a reason to suggest that they are one.
create table customer_claims (
  customer bigint not null references customers,
  kind text not null,
  scope bigint not null default 0,
  value text not null,
  claimed_at timestamptz not null,
  primary key (customer, kind, scope, value)
);

-- Whoever was being written to the one who is being joined away belongs to the survivor: the row lock makes the writer
-- wait for a join that is under way, and then he sees it.
create function give_to_survivor() returns trigger language plpgsql as $$
declare
  next bigint;
begin
  loop
    select joined_into into next from customers where id = new.customer for key share;
    exit when next is null;
    new.origin := coalesce(new.origin, new.customer);
    new.customer := next;
  end loop;
  return new;
end $$;
create trigger give_to_survivor before insert or update of customer on conversations
  for each row execute function give_to_survivor();
create trigger give_to_survivor before insert or update of customer on participants
  for each row execute function give_to_survivor();
create trigger give_to_survivor before insert or update of customer on customer_identities
  for each row execute function give_to_survivor();
create trigger give_to_survivor before insert or update of customer on customer_notes
  for each row execute function give_to_survivor();

-- Whose mail is kept apart.
create table blocked_addresses (
  address text primary key check (address = lower(address)),
  blocked_at timestamptz not null,
  blocked_by bigint references agents
);

-- How long a call took; null: no call, or nobody looked at the clock.
alter table messages add column call_seconds int check (call_seconds between 0 and 86400);
