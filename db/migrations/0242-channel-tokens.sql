-- What a provider handed out when somebody signed in there for a mailbox (OAuth 2.0, RFC 6749), sealed with the desk's
-- secret. Beside the channel's settings, because it changes every hour and the connections need not be made anew for it.
create table channel_tokens (
  channel bigint primary key references channels on delete cascade,
  refresh_token text not null,
  access_token text,
  -- the access token is good until then
  access_until timestamptz,
  -- so is the sign-in itself, where the provider says; then somebody has to sign in again
  until timestamptz,
  -- that end the administrators were mailed about
  told_until timestamptz,
  signed_in_at timestamptz not null,
  signed_in_by bigint references agents
);
