// The wiring of one process: opens what the configuration names, hands it to the parts, closes in reverse order.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import { openSharedTestClock } from '#platform/clock/shared-test-clock.ts'
import type { Config } from '#platform/config/config.ts'
import { openDatabase } from '#platform/db/db.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { openWire } from '#platform/db/listen.ts'
import { migrate } from '#platform/db/migrate.ts'
import { selfTest } from '#platform/db/self-test.ts'
import { startDue } from '#platform/due/due.ts'
import { type Following, startFollowing } from '#platform/events/follow.ts'
import { eventsChannel, sequence, startSequencer } from '#platform/events/sequencer.ts'
import { openFolderStore } from '#platform/files/files.ts'
import type { House } from '#platform/house.ts'
import { migrateJobs, startJobs } from '#platform/jobs/jobs.ts'
import { log as jsonLog, type Log } from '#platform/log/log.ts'
import { loadSecret, openSecrets } from '#platform/secrets/secrets.ts'
import { openDoors } from './doors.ts'
import { dueSources } from './due.ts'
import { tasks } from './jobs.ts'
import { dueChannel, type Settling, settle } from './settle.ts'
import { followers } from './subscriptions.ts'
import { openWeb } from './web.ts'

export interface Desk {
  house: House
  databaseUrl: string
  /** http://host:port as it really listens; empty for a worker */
  address: string
  /** the SMTP door's port as it really listens; null for a worker */
  smtpPort: number | null
  /** Works until nothing is due and nothing is under way. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface DeskOptions {
  clock?: Clock
  log?: Log
}

export async function openDesk(config: Config, { clock, log = jsonLog }: DeskOptions = {}): Promise<Desk> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of closing.reverse().splice(0)) await step()
  }
  try {
    mkdirSync(config.data, { recursive: true })
    let databaseUrl = config.databaseUrl
    if (!databaseUrl) {
      const postgres = await startEmbedded(config.data)
      closing.push(postgres.stop)
      databaseUrl = postgres.url
    }
    const db = openDatabase({ url: databaseUrl })
    closing.push(() => db.destroy())
    await migrate(db)
    await migrateJobs(db)
    const wrong = await selfTest(db)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    const wire = openWire(databaseUrl)
    closing.push(wire.close)
    let work = async () => {}
    const testClock = config.testClock
      ? await openSharedTestClock(db, wire, () => void work().catch((error) => log.error('due', { error })))
      : null
    const house: House = {
      db,
      clock: clock ?? testClock ?? systemClock,
      files: openFolderStore(join(config.data, 'files')),
      secrets: openSecrets(loadSecret(config.data)),
      log,
      config,
      url: config.url ?? `http://${config.host}:${config.port}`,
    }
    const everyFollower = followers(house)
    let following: Following | undefined
    const sequencer = startSequencer(db, {
      onSequenced: () => following?.wake(),
      onError: (error) => log.error('sequencer', { error }),
    })
    closing.push(sequencer.close)
    work = async () => {
      while ((await sequence(db)) > 0);
    }
    const doors = await openDoors(house, wire)
    closing.push(doors.close)
    if (config.role !== 'web') {
      const runner = await startJobs(db, tasks(house), log)
      closing.push(() => runner.stop())
      const due = startDue(dueSources(house, doors.receiver), house.clock, log)
      closing.push(due.close)
      following = startFollowing(db, everyFollower, {
        onError: (name, error) => log.error('follower', { name, error }),
        afterBatch: sequencer.wake,
      })
      closing.push(following.close)
      // What another process sequenced is followed at once too.
      wire.on(eventsChannel, following.wake)
      work = async () => {
        while ((await sequence(db)) > 0);
        await due.settle()
        await following!.settle()
      }
      wire.on(dueChannel, () => void work().catch((error) => log.error('due', { error })))
    }
    const settling: Settling = {
      db,
      followers: Object.keys(everyFollower),
      now: () => house.clock.now(),
      work: () => work(),
    }
    const settleAll = async () => {
      await settle(settling)
    }
    let address = ''
    if (config.role !== 'worker') {
      const web = await openWeb(house, { databaseUrl, wire, testClock, settling, receiver: doors.receiver })
      closing.push(web.close)
      address = web.address
    }
    return { house, databaseUrl, address, smtpPort: doors.smtpPort, settle: settleAll, close }
  } catch (error) {
    await close()
    throw error
  }
}
