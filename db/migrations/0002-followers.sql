-- How far each follower of the event stream has come.
create table stream_positions (
  name text primary key,
  seq bigint not null
);
