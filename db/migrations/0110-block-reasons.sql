-- Whose mail is kept apart, and why. `@example.com` stands for a domain and everything below it.
alter table blocked_addresses add column reason text;
