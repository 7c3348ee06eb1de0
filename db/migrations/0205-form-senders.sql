-- Site forms that send from an address of their own, the buyer in Reply-To. What was seen decides whether an
-- administrator is asked; what he says holds from then on.
create table form_replies (
  conversation bigint primary key references conversations (id) on delete cascade,
  inbox bigint not null references inboxes (id) on delete cascade,
  sender text not null,
  reply_to text not null,
  name text
);
create index form_replies_sender on form_replies (inbox, sender, reply_to);
create table form_senders (
  id bigint generated always as identity primary key,
  inbox bigint not null references inboxes (id) on delete cascade,
  address text not null,
  asked_at timestamptz not null,
  is_form boolean,
  decided_at timestamptz,
  decided_by text,
  unique (inbox, address),
  check ((is_form is null) = (decided_at is null))
);
