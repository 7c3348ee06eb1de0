-- When mail last came through a channel, and how long its pauses usually are: without it the whole ledger is read.
create index ledger_channel on ledger (channel, received_at)
  where channel is not null and mode = 'live' and remote ->> 'sentFolder' is null;
