import type { Silent } from '#features/connections/connections.ts'
import { sendSystemLetter } from '#features/outbox/outbox.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'

/** A mail to every administrator: nothing has come through a channel for unusually long, and how to find out why. */
export async function tellSilence(house: House, tx: Db, { name, inbox, since }: Silent): Promise<void> {
  const admins = await tx
    .selectFrom('agents')
    .select(['name', 'address', 'language'])
    .where('role', '=', 'admin')
    .where('joined_at', 'is not', null)
    .where('removed_at', 'is', null)
    .execute()
  for (const { name: admin, address, language } of admins) {
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
    await sendSystemLetter(house, tx, {
      kind: 'channel_silent',
      to: { name: admin, address },
      subject: text(language, 'channels:silence.subject', { name }),
      text: [
        text(language, 'channels:silence.hello', { name: admin }),
        text(language, 'channels:silence.words', { name, inbox, time: `${time.format(since)} UTC` }),
        text(language, 'channels:silence.todo'),
        `${house.url}/settings/channels`,
      ].join('\n\n'),
    })
  }
}
