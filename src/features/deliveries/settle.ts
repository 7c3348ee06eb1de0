import type { DeliveryOutcome } from '#channels/channel.ts'
import { after, hours, minutes } from '#platform/clock/clock.ts'
import { type Db, json } from '#platform/db/db.ts'
import type { Claim, ClaimedRecipient } from './claim.ts'

/** What became of the recipients, each in exactly one of the lists. */
export interface Settled {
  sent: DeliveryOutcome[]
  /** final: the server refused, 48 hours are over, or it was cut twice and only a person can decide */
  failed: DeliveryOutcome[]
  /** tried again later */
  waiting: DeliveryOutcome[]
}

const steps = [1, 2, 5, 10, 15, 30, 60].map(minutes)
const giveUpAfter = hours(48)
/** When the next try is due after `attempts` tries: one minute at first, an hour at the most. */
export const backOff = (attempts: number, now: Date): Date =>
  after(now, steps[Math.min(attempts, steps.length) - 1] ?? minutes(1))

/** Notes the outcomes of one try with the server's words; rows that are no longer ours are left alone. */
export async function settle(tx: Db, claim: Claim, outcomes: DeliveryOutcome[], now: Date): Promise<Settled> {
  const settled: Settled = { sent: [], failed: [], waiting: [] }
  for (const recipient of claim.recipients) {
    const told = outcomes.find((one) => one.recipient === recipient.recipient) ?? lost(recipient)
    const cutBefore = told.outcome === 'uncertain' && (await wasUncertain(tx, recipient.delivery))
    const outcome = cutBefore ? unknown(told) : told
    const next = nextState(recipient, outcome, now)
    const { numUpdatedRows } = await tx
      .updateTable('deliveries')
      .set({ state: next.state, due_at: next.dueAt, settled_at: next.dueAt ? null : now })
      .where('id', '=', recipient.delivery)
      .where('state', '=', 'sending')
      .where('claimed_by', '=', claim.by)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    await noteAttempt(tx, recipient.delivery, next.state, outcome, now)
    settled[next.list].push(outcome)
  }
  return settled
}

const lost = ({ recipient }: ClaimedRecipient): DeliveryOutcome => ({
  recipient,
  outcome: 'retry',
  code: null,
  text: '',
  own: { key: 'sending:attempt.nothing_said' },
})

/** Cut twice: once more could be once too often, so only a person can decide. */
export const unknown = ({ recipient, code, text }: DeliveryOutcome): DeliveryOutcome => ({
  recipient,
  outcome: 'failed',
  code,
  text: '',
  own: text
    ? { key: 'sending:attempt.unknown_words', params: { words: text } }
    : { key: 'sending:attempt.unknown' },
})

type Next = {
  state: 'sent' | 'delivered' | 'queued' | 'failed' | 'uncertain'
  dueAt: Date | null
  list: keyof Settled
}
function nextState(
  { attempts, firstTriedAt }: ClaimedRecipient,
  { outcome }: DeliveryOutcome,
  now: Date,
): Next {
  if (outcome === 'sent' || outcome === 'delivered') return { state: outcome, dueAt: null, list: 'sent' }
  if (outcome === 'failed') return { state: 'failed', dueAt: null, list: 'failed' }
  if (outcome === 'uncertain') return { state: 'uncertain', dueAt: backOff(1, now), list: 'waiting' }
  if (now.getTime() - firstTriedAt.getTime() >= giveUpAfter)
    return { state: 'failed', dueAt: null, list: 'failed' }
  return { state: 'queued', dueAt: backOff(attempts, now), list: 'waiting' }
}

/**
 * Whether a try since a person last decided (or the first one) ended without an answer. Not only the one before: where
 * the repetition is put off by the server, or never gets through, the next one is that repetition still.
 */
export async function wasUncertain(tx: Db, delivery: string): Promise<boolean> {
  const before = await tx
    .selectFrom('delivery_attempts as a')
    .innerJoin('deliveries as d', 'd.id', 'a.delivery')
    .select('a.id')
    .where('a.delivery', '=', delivery)
    .where('a.state', '=', 'uncertain')
    .whereRef('a.at', '>=', 'd.first_tried_at')
    .limit(1)
    .executeTakeFirst()
  return before !== undefined
}

export const noteAttempt = (
  tx: Db,
  delivery: string,
  state: string,
  { code, text, own }: Pick<DeliveryOutcome, 'code' | 'text' | 'own'>,
  at: Date,
) =>
  tx
    .insertInto('delivery_attempts')
    .values({
      delivery,
      at,
      state,
      code,
      text: text.slice(0, 2000),
      own_key: own?.key ?? null,
      own_params: own?.params ? json(own.params) : null,
    })
    .execute()
