import type { LedgerAlarm } from '#features/ledger/ledger.contract.ts'
import { sendSystemLetter } from '#features/outbox/outbox.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'

/** A mail to every administrator: something was lost or made up, and what to do. */
export async function tellLedgerAlarm(house: House, tx: Db, alarm: LedgerAlarm): Promise<void> {
  const admins = await tx
    .selectFrom('agents')
    .select(['name', 'address', 'language'])
    .where('role', '=', 'admin')
    .where('joined_at', 'is not', null)
    .where('removed_at', 'is', null)
    .execute()
  for (const { name, address, language } of admins) {
    const lines = (['received', 'outgoing'] as const).flatMap((side) =>
      alarm[side] === 0
        ? []
        : text(language, `ledger:${alarm[side] > 0 ? 'missing' : 'surplus'}.${side}`, {
            count: Math.abs(alarm[side]),
          }),
    )
    await sendSystemLetter(house, tx, {
      kind: 'ledger_alarm',
      to: { name, address },
      subject: text(language, 'ledger:mail.subject'),
      text: [
        text(language, 'ledger:mail.hello', { name }),
        lines.join('\n'),
        text(language, 'ledger:todo'),
        `${house.url}/mail-log`,
      ].join('\n\n'),
    })
  }
}
