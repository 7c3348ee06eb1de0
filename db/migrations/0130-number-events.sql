-- Gives committed events their place in the stream, all in one call: lock, numbers, wake-up and commit were five round
-- trips, up to fifty times a second. Each statement of a volatile function takes a fresh look, so what was committed
-- while the lock was waited for is numbered too. Answers how many it numbered.
create function number_events(most int, lock_space int, channel text) returns bigint language plpgsql as $$
declare
  n bigint;
  last bigint;
begin
  perform pg_advisory_xact_lock(lock_space, 0);
  with fresh as (
    select id, (select greatest(max(seq), 0) from events) + row_number() over (order by id) as seq
    from (select id from events where seq is null order by id limit most) waiting
  ), numbered as (
    update events e set seq = fresh.seq from fresh where e.id = fresh.id returning e.seq
  )
  select count(*), max(seq) into n, last from numbered;
  if n > 0 then perform pg_notify(channel, last::text); end if;
  return n;
end $$;
