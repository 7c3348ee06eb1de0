-- At a million conversations the planner took "open" and "without a responsible" for independent, expected a twentieth of
-- what there is, and sorted all of it for one page. An index in the list's order, and statistics that know they go together.
create index conversations_unassigned on conversations (last_activity_at desc, id desc)
  where bucket = 'open' and assignee is null;
create statistics conversations_places (dependencies, mcv) on bucket, assignee, inbox, team from conversations;
