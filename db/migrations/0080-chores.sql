-- What is done once in a while and belongs to no other row: when each is due next. Whoever moves the time on does it.
create table chores (
  name text primary key,
  due_at timestamptz not null
);
