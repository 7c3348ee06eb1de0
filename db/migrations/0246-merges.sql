-- Merging: two conversations go on as one, and apart again whenever somebody finds that they are not.

-- Its items came from several places: read by time, then position.
-- arranged: how often items came or went by merging and splitting; what a browser remembers of it is void then.
alter table conversations add column by_time boolean not null default false,
  add column arranged int not null default 0;
-- Nobody holds what goes on elsewhere.
alter table conversations drop constraint conversations_check2,
  add constraint conversations_check2
    check ((holder_kind is null) = (category in ('solved', 'closed') or merged_into is not null));
create index conversations_merged on conversations (merged_into) where merged_into is not null;

-- origin: the conversation it came from, while it stands in another; moved: its position came by moving it, so it is
-- no news to anybody.
alter table messages add column origin bigint references conversations on delete set null,
  add column moved boolean not null default false;
alter table comments add column origin bigint references conversations on delete set null,
  add column moved boolean not null default false;
create index messages_origin on messages (origin) where origin is not null;
create index comments_origin on comments (origin) where origin is not null;

create table conversation_merges (
  id bigint generated always as identity primary key,
  merged bigint not null references conversations on delete cascade,
  survivor bigint not null references conversations on delete cascade,
  merged_at timestamptz not null,
  merged_by text not null,
  -- items with a higher id came since
  event bigint not null,
  -- of the survivor: {column: [what it was, what the merge made it]}
  fields jsonb not null default '{}',
  -- what it brought along and was not there before: {tags, participants, followers, access, drafts}
  brought jsonb not null default '{}',
  undone_at timestamptz,
  undone_by text,
  check (merged <> survivor)
);
create unique index conversation_merges_standing on conversation_merges (merged) where undone_at is null;
create index on conversation_merges (survivor);

-- "Not the same matter": not suggested again.
create table conversation_distinctions (
  one bigint not null references conversations on delete cascade,
  other bigint not null references conversations on delete cascade,
  told_at timestamptz not null,
  told_by bigint references agents on delete set null,
  primary key (one, other),
  check (one < other)
);
