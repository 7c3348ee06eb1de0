// Turns what happens into news for the people it concerns, and takes it back when they have seen it or it is gone.
import { sql } from 'kysely'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import type { StreamEvent } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'
import { add } from './add.ts'
import { gather, mayConcern } from './gather.ts'
import { tellRead } from './read.ts'

export const notificationFollower = (clock: Clock): Follower => ({
  wants: (event) => mayConcern(event) || takesBack(event),
  from: 'now',
  batch: 200,
  async react(tx, events) {
    const news = await gather(tx, events)
    if (news.length > 0) await add(tx, news, clock.now())
    await takeBack(tx, events, clock.now())
  },
})

const takesBack = ({ kind, conversation }: StreamEvent) =>
  conversation !== null && (kind === 'read' || kind === 'comment_deleted')

/** Read elsewhere, or the words are gone. In order after what was added: reading what came in the same batch counts. */
async function takeBack(tx: Db, events: StreamEvent[], now: Date): Promise<void> {
  const agents = new Set<string>()
  for (const { kind, conversation, item, after } of events.filter(takesBack)) {
    const meant =
      kind === 'read'
        ? sql`agent = ${String(after.agent)} and position <= ${Number(after.position)}`
        : sql`item = ${item}`
    const { rows } = await sql<{ agent: string }>`
      update notifications set read_at = ${now}
      where conversation = ${conversation} and ${meant} and read_at is null returning agent`.execute(tx)
    for (const { agent } of rows) agents.add(agent)
  }
  await tellRead(tx, [...agents], now)
}
