import { type RawBuilder, sql } from 'kysely'

/**
 * Part of a statement: notes a message's fingerprint for an inbox, and `recognised` holds the ledger row that brought
 * the same message before. Never look-then-insert; of two at once, the thread's lock has let the first one finish.
 */
export const recognising = (
  inbox: string,
  fingerprint: Uint8Array,
  ledger: string,
): RawBuilder<unknown> => sql`
  noted as (
    insert into fingerprints (inbox, fingerprint, ledger) values (${inbox}, ${Buffer.from(fingerprint)}, ${ledger})
    on conflict (inbox, fingerprint) do nothing
  ), recognised as (
    select ledger from fingerprints
    where inbox = ${inbox} and fingerprint = ${Buffer.from(fingerprint)} and ledger <> ${ledger}
  )`
