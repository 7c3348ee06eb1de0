import type { Ending } from '#features/connections/connections.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'
import { momentIn, tellAdmins } from './tell-admins.ts'

/** A mail to every administrator: a mailbox has to be signed in at again, and by when. */
export const tellEnding = (house: House, tx: Db, { name, inbox, until }: Ending): Promise<void> =>
  tellAdmins(house, tx, 'channel_sign_in_ends', ({ name: admin, language }) => ({
    subject: text(language, 'channels:ending.subject', { name }),
    parts: [
      text(language, 'channels:silence.hello', { name: admin }),
      text(language, 'channels:ending.words', { name, inbox, time: momentIn(language, until) }),
      text(language, 'channels:ending.todo'),
      `${house.url}/settings/channels`,
    ],
  }))
