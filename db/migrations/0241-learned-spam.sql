-- What agents mark as spam, learned. No word is kept as it was written: each is a number made with the desk's secret, so
-- that nothing of a mail that is erased can be read here.
create table spam_words (
  word bigint primary key,
  spam int not null default 0,
  other int not null default 0
) with (fillfactor = 80);
-- How much was learned of each kind, so that no mail has to count it.
create table spam_learned (
  spam boolean primary key,
  lessons int not null default 0
);
insert into spam_learned (spam) values (true), (false);
-- What was learned from which conversation, so that it can be unlearned.
create table spam_lessons (
  conversation bigint primary key,
  spam boolean not null,
  words bigint[] not null,
  at timestamptz not null
);
create index spam_lessons_age on spam_lessons (spam, at);
-- Why a conversation began as spam; the words go when something of it is sealed or erased.
create table spam_verdicts (
  conversation bigint primary key references conversations on delete cascade,
  -- learned: its words are like those of spam marked here; filter: a mail server before us said so
  by text not null check (by in ('learned', 'filter')),
  words text[] not null
);
