import type { Db } from '#platform/db/db.ts'
import { tell } from '#platform/db/listen.ts'

/** Said to every process when a channel was added, changed or removed: who fetches mail looks again. */
export const channelsChanged = 'foyer_channels'
export const sayChannelsChanged = (tx: Db) => tell(tx, channelsChanged, '')
