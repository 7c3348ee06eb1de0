-- Saved replies keep their formatting; null where plain text says it all.
alter table saved_replies add html text;

-- Who has looked at a colleague's draft: its writer sees it. Goes with the draft.
create table draft_views (
  conversation bigint not null,
  agent bigint not null references agents on delete cascade,
  kind text not null default 'reply',
  viewer bigint not null references agents on delete cascade,
  viewed_at timestamptz not null,
  primary key (conversation, agent, viewer),
  foreign key (conversation, agent, kind) references drafts on delete cascade
);

-- Who has asked for the pen, while its writer was still at it.
alter table drafts add asked_by bigint references agents on delete set null;
alter table drafts add asked_at timestamptz;
-- Since when this draft is being written.
alter table drafts add begun_at timestamptz;
