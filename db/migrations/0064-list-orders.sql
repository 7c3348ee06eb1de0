-- The other orders of lists. What waits is open, and what is open is new: an index of everything in one of these
-- orders, walked for the few open ones, would pass by the whole past first, so the open ones have their own.
create index conversations_active_created on conversations (created_at, id) where bucket in ('open', 'pending', 'snoozed');
create index conversations_live_waiting on conversations (coalesce(waiting_since, 'infinity'), id)
  where bucket not in ('spam', 'trash');
create index conversations_live_urgency on conversations
  (array_position(array['urgent', 'high', 'normal', 'low'], priority), coalesce(waiting_since, 'infinity'), id)
  where bucket not in ('spam', 'trash');
create index conversations_active_urgency on conversations
  (array_position(array['urgent', 'high', 'normal', 'low'], priority), coalesce(waiting_since, 'infinity'), id)
  where bucket in ('open', 'pending', 'snoozed');
