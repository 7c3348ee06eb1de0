import { type Db, json } from '#platform/db/db.ts'

/** What came back, as far as it could be read. */
export interface ComeBack {
  /** lower case; null: the report names nobody */
  address: string | null
  /** enhanced status code, e.g. 5.1.1 */
  status: string | null
  text: string
  /** why, in our words: a text key; null: nobody knows */
  own: string | null
}

/**
 * A message came back from a recipient, or (final: false) is only late. Who is not named and is not the only one
 * stays as he is. @returns the recipients it is about
 */
export async function bounce(
  tx: Db,
  message: string,
  { address, status, text, own }: ComeBack,
  final: boolean,
  now: Date,
): Promise<string[]> {
  const all = await tx
    .selectFrom('deliveries')
    .select(['id', 'recipient'])
    .where('message', '=', message)
    .where('state', 'not in', ['bounced', 'cancelled'])
    .execute()
  const named = all.filter(({ recipient }) => recipient.toLowerCase() === address)
  const meant = named.length > 0 ? named : all.length === 1 ? all : []
  for (const { id } of meant) {
    if (final)
      await tx
        .updateTable('deliveries')
        .set({ state: 'bounced', due_at: null, settled_at: now })
        .where('id', '=', id)
        .execute()
    await tx
      .insertInto('delivery_attempts')
      .values({
        delivery: id,
        at: now,
        state: final ? 'bounced' : 'delayed',
        code: status,
        text: text.slice(0, 2000),
        own_key: own,
        own_params: own ? json({ words: text.slice(0, 2000) }) : null,
      })
      .execute()
  }
  return meant.map(({ recipient }) => recipient)
}
