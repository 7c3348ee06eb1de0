import { looseUploads, sweepLoose } from '#features/attachments/loose.ts'
import { watchEndings, watchSilence } from '#features/connections/connections.ts'
import { consultsToNudge } from '#features/consults/consults.ts'
import { lockOld, toBeLocked } from '#features/conversations/lock-old.ts'
import { snoozed, wakeDue } from '#features/conversations/snooze.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { dueMails, mailDue } from '#features/notifications/notifications.ts'
import { foldingSource } from '#features/views/views.ts'
import { nudgeDue } from '#flows/consult/nudge.ts'
import { noticeMarks } from '#flows/notice-marks.ts'
import type { Receiver } from '#flows/receive/receiver.ts'
import { askForSweep } from '#flows/sweep-files.ts'
import { tellEnding } from '#flows/tell-ending.ts'
import { tellLedgerAlarm } from '#flows/tell-ledger-alarm.ts'
import { tellSilence } from '#flows/tell-silence.ts'
import type { DueKind } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'
import type { WaysOut } from './ways-out.ts'

/**
 * Everything that happens later, by name: each finds and does its own due rows, and says which they are, so that the
 * test clock stops at their times and waits for them. The one place where a new kind is entered.
 */
export function dueKinds(house: House, receiver: Receiver, out: WaysOut): Record<string, DueKind> {
  const { db } = house
  return {
    ...out.due,
    'mail in': { work: receiver.sweep, rows: ledger.dueTries },
    snooze: { work: wakeDue(db), rows: snoozed },
    lock: { work: lockOld(db), rows: toBeLocked(db) },
    'consult reminders': { work: nudgeDue(house), rows: consultsToNudge },
    'mails about news': { work: mailDue(house, noticeMarks(house.secrets)), rows: dueMails },
    ledger: { work: ledger.watchLedger(db, (tx, alarm) => tellLedgerAlarm(house, tx, alarm)), rows: null },
    silence: { work: watchSilence(db, (tx, silent) => tellSilence(house, tx, silent)), rows: null },
    endings: { work: watchEndings(db, (tx, ending) => tellEnding(house, tx, ending)), rows: null },
    counts: { work: foldingSource(db), rows: null },
    attachments: { work: sweepLoose(db), rows: looseUploads },
    // A turned clock need not stop for every day's sweep: one at its target does.
    files: { work: askForSweep(db), rows: null },
  }
}
