import type { LedgerAlarm } from '#features/ledger/ledger.contract.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { tellAdmins } from './tell-admins.ts'

/** A mail to every administrator: something was lost or made up, and what to do. */
export const tellLedgerAlarm = (house: House, tx: Db, alarm: LedgerAlarm): Promise<void> =>
  tellAdmins(house, tx, 'ledger_alarm', ({ name, language }) => {
    const lines = (['received', 'outgoing'] as const).flatMap((side) =>
      alarm[side] === 0
        ? []
        : text(language, `ledger:${alarm[side] > 0 ? 'missing' : 'surplus'}.${side}`, {
            count: Math.abs(alarm[side]),
          }),
    )
    return {
      subject: text(language, 'ledger:mail.subject'),
      parts: [
        text(language, 'ledger:mail.hello', { name }),
        lines.join('\n'),
        text(language, 'ledger:todo'),
        `${house.url}/mail-log`,
      ],
    }
  })
