-- What the desk needs besides: how far outside and mentions have come (unread), custom fields, own statuses.
alter table conversations
  -- position of the newest message from outside that wants to be read (automatic answers and thanks do not)
  add column last_in_position int not null default 0,
  add column fields jsonb not null default '{}';
update conversations c set last_in_position = coalesce(
  (select max(position) from messages m where m.conversation = c.id and m.direction = 'in'), 0);

-- position of the newest comment that mentions the agent
alter table conversation_access add column position int not null default 0;

-- Which version of the sanitiser made messages.html safe; 0: it stands as it came and is made safe when shown.
alter table messages add column html_safe smallint not null default 0;

-- Names an installation gives to its own statuses.
create table statuses (
  name text primary key check (name <> ''),
  category text not null check (category in ('new', 'open', 'pending', 'on_hold', 'solved')),
  created_at timestamptz not null
);
-- Old closed conversations lock; the hourly look finds them here.
create index conversations_solved on conversations (closed_at) where category = 'solved';
-- A tag is one whatever its capitals; taking it away takes it from every conversation.
create unique index tags_name on tags (lower(name));
alter table conversation_tags
  drop constraint conversation_tags_tag_fkey,
  add foreign key (tag) references tags on delete cascade;
