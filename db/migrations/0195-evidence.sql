-- What was looked at to know whether a mail is its sender's, and with what result: shown in the message's details.
alter table messages add column evidence jsonb;
