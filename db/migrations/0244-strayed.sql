-- The teams that said "not ours" of a conversation, in order; where it is now is its team.
alter table conversations add column strayed bigint[] not null default '{}';
