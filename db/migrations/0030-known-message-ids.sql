-- Message-IDs that a conversation's messages carry or refer to, so that an answer finds it, and so does a parent
-- that arrives after its child. The oldest claim stands.
create table known_message_ids (
  inbox bigint not null references inboxes on delete cascade,
  message_id text not null,
  conversation bigint not null references conversations on delete cascade,
  -- a message that carries it is there; else it is only referred to, and its own message may still come
  carried boolean not null,
  primary key (inbox, message_id)
);
create index on known_message_ids (conversation);
