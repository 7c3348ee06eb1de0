-- "We have your message": an automatic answer, switched on per inbox. Without a text of its own it speaks the customer's
-- language.
alter table inboxes
  add column acknowledges boolean not null default false,
  add column acknowledgement text;
alter table sendings drop constraint sendings_kind_check;
alter table sendings add constraint sendings_kind_check
  check (kind in ('reply', 'start', 'forward', 'acknowledgement'));
