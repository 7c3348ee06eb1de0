import { sendSystemLetter } from '#features/outbox/outbox.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'

interface Letter {
  subject: string
  /** one below the other, an empty line between; the last says where to go */
  parts: string[]
}

/** A mail to every administrator, each in his language. @param kind names it in the Outbox */
export async function tellAdmins(
  house: House,
  tx: Db,
  kind: string,
  letterFor: (admin: { name: string; language: string }) => Letter,
): Promise<void> {
  const admins = await tx
    .selectFrom('agents')
    .select(['name', 'address', 'language'])
    .where('role', '=', 'admin')
    .where('joined_at', 'is not', null)
    .where('removed_at', 'is', null)
    .execute()
  for (const { name, address, language } of admins) {
    const { subject, parts } = letterFor({ name, language })
    await sendSystemLetter(house, tx, { kind, to: { name, address }, subject, text: parts.join('\n\n') })
  }
}

/** A moment as it stands in a letter: whoever reads it may be anywhere. */
export const momentIn = (language: string, at: Date): string =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`
