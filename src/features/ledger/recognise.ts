import { sql } from 'kysely'

/**
 * Parts of a statement with a table `asked (ledger, inbox, fingerprint)`: `noted` notes the messages' fingerprints for
 * their inboxes, `recognised` says for a row of `asked` which ledger row brought the same message before. Never
 * look-then-insert; of two at once, the thread's lock has let the first one finish.
 */
export const noted = sql`
  noted as (
    insert into fingerprints (inbox, fingerprint, ledger) select inbox, fingerprint, ledger from asked
    where fingerprint is not null
    on conflict (inbox, fingerprint) do nothing
  )`
export const recognised = sql`
  (select ledger::text from fingerprints f
    where f.inbox = asked.inbox and f.fingerprint = asked.fingerprint and f.ledger <> asked.ledger)`
