import type { Silent } from '#features/connections/connections.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { momentIn, tellAdmins } from './tell-admins.ts'

/** A mail to every administrator: nothing has come through a channel for unusually long, and how to find out why. */
export const tellSilence = (house: House, tx: Db, { name, inbox, since }: Silent): Promise<void> =>
  tellAdmins(house, tx, 'channel_silent', ({ name: admin, language }) => ({
    subject: text(language, 'channels:silence.subject', { name }),
    parts: [
      text(language, 'channels:silence.hello', { name: admin }),
      text(language, 'channels:silence.words', { name, inbox, time: momentIn(language, since) }),
      text(language, 'channels:silence.todo'),
      `${house.url}/settings/channels`,
    ],
  }))
