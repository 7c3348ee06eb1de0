import { type Db, json } from '#platform/db/db.ts'
import type { LedgerTable } from '#platform/db/schema.gen.ts'

export interface Refused {
  door: LedgerTable['door']
  channel: string | null
  inbox: string
  /** names it at its source, where the door has such a name: the same again is no second row */
  sourceKey?: string
  sha256: Uint8Array
  /** bytes, as far as they were sent or announced */
  size: number
  envelopeFrom: string | null
  envelopeTo: string[]
  reason: string
  at: Date
  /** as its head says, where there is one */
  from?: string | null
  subject?: string | null
  verdict?: Record<string, unknown>
}

/**
 * A message that was not taken (too large): visible in the mail log, but never part of what was received.
 * @returns the row; null: it stood there already
 */
export async function turnAway(db: Db, refused: Refused): Promise<string | null> {
  const row = await db
    .insertInto('ledger')
    .values({
      received_at: refused.at,
      door: refused.door,
      channel: refused.channel,
      inbox: refused.inbox,
      source_key: refused.sourceKey ?? null,
      sha256: Buffer.from(refused.sha256),
      size: String(refused.size),
      envelope_from: refused.envelopeFrom,
      envelope_to: refused.envelopeTo,
      outcome: 'refused',
      reason: refused.reason,
      settled_at: refused.at,
      from_address: refused.from ?? refused.envelopeFrom,
      subject: refused.subject ?? null,
      remote: null,
      verdict: refused.verdict ? json(refused.verdict) : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}
