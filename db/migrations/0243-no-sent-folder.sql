-- The folder of sent mail is to be watched and was not found: since then answers from another program are not seen.
alter table channels add column no_sent_since timestamptz;
