-- Who was told lately that his mail was too large, found at once in a long mail log.
create index ledger_refused on ledger (from_address, received_at) where outcome = 'refused';
