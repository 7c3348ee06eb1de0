// The wiring of one process: opens what the configuration names, hands it to the parts, closes in reverse order.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Receiver } from '#flows/receive/receiver.ts'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import { letTimeGoOn, openSharedTestClock } from '#platform/clock/shared-test-clock.ts'
import type { Config } from '#platform/config/config.ts'
import { connect } from '#platform/db/connect.ts'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { openWire, type Wire } from '#platform/db/listen.ts'
import { migrate } from '#platform/db/migrate.ts'
import { selfTest } from '#platform/db/self-test.ts'
import { type DueKind, startDue } from '#platform/due/due.ts'
import { Mendable } from '#platform/errors/mendable.ts'
import { type Following, startFollowing } from '#platform/events/follow.ts'
import { eventsChannel, sequence, startSequencer } from '#platform/events/sequencer.ts'
import { openFolderStore } from '#platform/files/files.ts'
import { recognizeStore } from '#platform/files/recognize-store.ts'
import type { House } from '#platform/house.ts'
import { migrateJobs, startJobs } from '#platform/jobs/jobs.ts'
import { log as jsonLog, type Log } from '#platform/log/log.ts'
import { recognizeSecret } from '#platform/secrets/recognize-secret.ts'
import { loadSecret, openSecrets } from '#platform/secrets/secrets.ts'
import { refuseUnfinished } from './backup/place.ts'
import { type Closing, closeInTime } from './closing.ts'
import { openSimulator, type Simulator } from './demo/simulate.ts'
import { openDoors } from './doors.ts'
import { dueKinds } from './due.ts'
import { tasks } from './jobs.ts'
import { dueChannel, type Settling, settle } from './settle.ts'
import { followers } from './subscriptions.ts'
import { openWaysOut, type WaysOut } from './ways-out.ts'
import { openWeb } from './web.ts'

export interface Desk {
  house: House
  databaseUrl: string
  /** http://host:port as it really listens; empty for a worker */
  address: string
  /** the SMTP door's port as it really listens; null for a worker */
  smtpPort: number | null
  /** takes in messages: what the doors of this process use */
  receiver: Receiver
  /** Lets the demo's customers write while somebody looks. */
  simulate(): void
  /** Works until nothing is due and nothing is under way. */
  settle(): Promise<void>
  /** Stops everything, the embedded database last, within five seconds. */
  close(): Promise<void>
}

export interface DeskOptions {
  clock?: Clock
  log?: Log
  /** gets a line that the person who starts the desk should read */
  say?(line: string): void
  /** fulfilled when the console's files are there */
  consoleReady?: Promise<unknown>
}

export async function openDesk(config: Config, options: DeskOptions = {}): Promise<Desk> {
  const closing: Closing[] = []
  const close = () => closeInTime(closing)
  try {
    return await openParts(config, options, closing, close)
  } catch (error) {
    await close()
    throw portTaken(error) ?? error
  }
}

/** The port of the console or of the mail door is not to be had. */
function portTaken(error: unknown): Mendable | null {
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string
    port?: number
  }
  if (syscall !== 'listen') return null
  const what = code === 'EADDRINUSE' ? 'Another program listens on' : `Foyer may not listen on (${code})`
  return new Mendable(`${what} ${address}:${port}. Choose another with --port or --smtp-port.`)
}

async function openParts(
  config: Config,
  { clock, log = jsonLog, say = () => {}, consoleReady = Promise.resolve() }: DeskOptions,
  closing: Closing[],
  close: () => Promise<void>,
): Promise<Desk> {
  const databaseUrl = await findDatabase(config, closing, log, say)
  const db = openDatabase({ url: databaseUrl })
  closing.push(() => db.destroy())
  await prepare(db, databaseUrl)
  const secrets = openSecrets(loadSecret(config.data))
  await recognizeSecret(db, secrets.keyId)
  await recognizeStore(db, join(config.data, 'files'))
  const wire = openWire(databaseUrl)
  closing.push(wire.close)
  // What this process does at once when the time was set or somebody waits for what is due.
  let work = async () => {
    while ((await sequence(db)) > 0);
  }
  const workNow = () => void work().catch((error) => log.error('due', { error }))
  const testClock = config.testClock ? await openSharedTestClock(db, wire, workNow) : null
  if (!testClock) await letTimeGoOn(db)
  const house: House = {
    db,
    clock: clock ?? testClock ?? systemClock,
    files: openFolderStore(join(config.data, 'files')),
    secrets,
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
  const doors = await openDoors(house, wire)
  closing.push(doors.close)
  const out = openWaysOut(house)
  closing.push(out.close)
  const kinds = dueKinds(house, doors.receiver, out)
  if (config.role !== 'web') {
    const worker = await startWorker(house, closing, {
      everyFollower,
      wire,
      kinds,
      out,
      wakeSequencer: sequencer.wake,
    })
    following = worker.following
    work = worker.work
    wire.on(dueChannel, workNow)
  }
  const settling: Settling = {
    db,
    followers: Object.keys(everyFollower),
    kinds,
    now: () => house.clock.now(),
    work: () => work(),
  }
  let address = ''
  let watched = () => 0
  let simulator: Simulator | null = null
  if (config.role !== 'worker') {
    const web = await openWeb(house, {
      databaseUrl,
      wire,
      testClock,
      settling,
      receiver: doors.receiver,
      out,
      consoleReady,
      simulator: () => simulator,
    })
    closing.push(web.close)
    watched = web.watched
    address = web.address
  }
  const settleAll = async () => void (await settle(settling))
  return {
    house,
    databaseUrl,
    address,
    smtpPort: doors.smtpPort,
    receiver: doors.receiver,
    settle: settleAll,
    simulate() {
      const opened = openSimulator({ house, receiver: doors.receiver, watched })
      simulator = opened
      closing.push(async () => opened.close())
    },
    close,
  }
}

async function findDatabase(config: Config, closing: Closing[], log: Log, say: (line: string) => void) {
  mkdirSync(config.data, { recursive: true })
  refuseUnfinished(config.data)
  if (config.databaseUrl) return config.databaseUrl
  const postgres = await startEmbedded(config.data, {
    say,
    onDeath: (said) => log.error('the database ended and is started again', { said }),
  })
  closing.push(postgres.stop)
  return postgres.url
}

/** Brings the schema up to date and tries what Foyer needs of the database. */
async function prepare(db: Db, databaseUrl: string): Promise<void> {
  await connect(db, databaseUrl)
  await migrate(db)
  await migrateJobs(db)
  const wrong = await selfTest(db)
  if (wrong.length > 0) throw new Mendable(wrong.join('\n'))
}

interface WorkerParts {
  everyFollower: ReturnType<typeof followers>
  wire: Wire
  kinds: Record<string, DueKind>
  out: WaysOut
  wakeSequencer(): void
}

/** What happens without anybody asking: jobs, due rows, followers of the stream. */
async function startWorker(house: House, closing: Closing[], parts: WorkerParts) {
  const { db, log, clock } = house
  const runner = await startJobs(db, tasks(house, parts.out), log)
  closing.push(() => runner.stop())
  const due = startDue(parts.kinds, clock, log)
  closing.push(due.close)
  const following = startFollowing(db, parts.everyFollower, {
    onError: (name, error) => log.error('follower', { name, error }),
    afterBatch: parts.wakeSequencer,
  })
  closing.push(following.close)
  // What another process sequenced is followed at once too.
  parts.wire.on(eventsChannel, following.wake)
  const work = async () => {
    while ((await sequence(db)) > 0);
    await due.settle()
    await following.settle()
  }
  return { following, work }
}
