import type { House } from '#platform/house.ts'
import type { Receipt } from './receiver.ts'

/** What became of a message that its bringer waits for, this time or the first time. */
export async function whereItIs({ db }: House, receipt: Receipt | undefined) {
  const settled =
    (await receipt?.settled) ??
    (await db
      .selectFrom('ledger')
      .select(['conversation', 'item', 'outcome'])
      .where('id', '=', receipt?.ledger ?? '0')
      .executeTakeFirst())
  return {
    conversation: settled?.conversation ? Number(settled.conversation) : null,
    item: settled?.item ?? null,
    outcome: settled?.outcome ?? null,
  }
}
