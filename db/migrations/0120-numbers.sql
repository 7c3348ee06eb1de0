-- Facts for numbers, kept by a follower of the stream as things happen: what one counts later is written down once.

-- An answer a person wrote that left the house, with when it left. Automatic words, forwards and what we begin
-- ourselves are none.
create table answers (
  message bigint primary key references messages on delete cascade,
  conversation bigint not null references conversations on delete cascade,
  agent bigint not null references agents,
  at timestamptz not null
);
create index answers_at on answers (at) include (conversation, agent);
create index on answers (conversation);

-- The first of them, and since when the customer had waited for it.
create table first_answers (
  conversation bigint primary key references conversations on delete cascade,
  agent bigint not null references agents,
  at timestamptz not null,
  asked_at timestamptz not null,
  check (at >= asked_at)
);
create index first_answers_at on first_answers (at) include (conversation, asked_at);

-- What a person closed, and when it was open again.
create table closings (
  event bigint primary key,
  conversation bigint not null references conversations on delete cascade,
  agent bigint not null references agents,
  at timestamptz not null,
  reopened_at timestamptz
);
create index closings_at on closings (at) include (conversation, agent, reopened_at);
create index on closings (conversation);
