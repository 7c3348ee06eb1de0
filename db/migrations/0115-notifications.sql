-- What somebody should hear of, and by which means; who sits at the desk just now.

create table notifications (
  id bigint generated always as identity primary key,
  agent bigint not null references agents on delete cascade,
  conversation bigint not null references conversations on delete cascade,
  -- why it came
  kind text not null check (kind in
    ('assigned', 'mentioned', 'customer_yours', 'customer_followed', 'colleague', 'team', 'failed', 'held', 'taken')),
  event bigint not null,
  -- the message or comment it is about
  item bigint,
  -- reading the conversation up to here reads it
  position integer not null default 0,
  -- whose act it was
  actor_kind text not null,
  actor_id bigint,
  at timestamptz not null,
  read_at timestamptz,
  mailed_at timestamptz,
  -- one event is one piece of news for a person
  unique (agent, event)
);
create index notifications_unread on notifications (agent, id desc) where read_at is null;
create index on notifications (agent, conversation) where read_at is null;
create index on notifications (conversation);
-- a message sent to three recipients in turn is one piece of news
create unique index notifications_item on notifications (agent, kind, item) where item is not null;

-- One mail per burst: the first news opens it, what comes until it is due goes along.
create table notification_mails (
  agent bigint primary key references agents on delete cascade,
  due_at timestamptz not null
);
create index on notification_mails (due_at);

-- Browsers that asked to be pushed to (RFC 8030).
create table push_devices (
  id bigint generated always as identity primary key,
  agent bigint not null references agents on delete cascade,
  endpoint text not null unique,
  -- the browser's public key and secret (RFC 8291), sealed
  keys text not null,
  name text not null,
  -- pushed to while this session lasts; null: it was added with an API key
  session uuid,
  created_at timestamptz not null,
  last_push_at timestamptz,
  ended_at timestamptz
);
create index on push_devices (agent) where ended_at is null;

-- The key pair that says to push services who we are (RFC 8292).
create table push_keys (
  id integer primary key default 1 check (id = 1),
  public text not null,
  sealed text not null,
  created_at timestamptz not null
);

-- Which agents have the console open, told by each process about its own sockets. Measured by the machine's time.
create table live_seats (
  process uuid not null,
  agent bigint not null references agents on delete cascade,
  heard_at timestamptz not null,
  primary key (process, agent)
);
create index on live_seats (agent);
