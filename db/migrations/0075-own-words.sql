-- What we say ourselves about a delivery's try is a text key with its parameters, put into words for whoever reads;
-- `text` is the other server's own words. Attempts that carry our sentences already are told anew.
alter table delivery_attempts
  add column own_key text,
  add column own_params jsonb;

update delivery_attempts a set own_key = known.key, text = ''
from (values
  ('Kept in the test mailbox.', 'sending:attempt.kept'),
  ('The channel is switched off.', 'sending:attempt.switched_off'),
  ('This channel has nowhere to deliver to.', 'sending:attempt.nowhere'),
  ('The server said nothing about this recipient.', 'sending:attempt.nothing_said'),
  ('The process that was sending it ended before the server answered.', 'sending:attempt.cut')
) as known (words, key)
where a.text = known.words;

-- Cut a second time: nothing moves these any more, so they have failed and a person decides.
update deliveries set state = 'failed', settled_at = coalesce(settled_at, claimed_at)
where state = 'uncertain' and due_at is null;
