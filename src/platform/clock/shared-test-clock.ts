// One test clock for all processes of a desk: its time is a row, each process hears of a new one and says so.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { clearSetting, readSetting, settleSetting, writeSetting } from '#platform/settings/settings.ts'
import type { Db } from '../db/db.ts'
import { tell, type Wire, wireName } from '../db/listen.ts'
import { TestClock } from './clock.ts'

const channel = 'foyer_test_clock'
const heardChannel = 'foyer_test_clock_heard'
const key = 'test_clock'
/** How long a process may take to hear of a new time before it is taken for dead; ms. */
const patience = 3000

/** Where the desk's time stands, if a desk with a test clock made it stand; for commands beside it. */
export async function standingTime(db: Db): Promise<Date | null> {
  const time = await readSetting(db, key)
  return time === null ? null : new Date(String(time))
}
/** A desk is started without a test clock: time goes on. */
export async function letTimeGoOn(db: Db): Promise<void> {
  await clearSetting(db, key)
}

/** Sets every process's clock without waiting for any of them: some may be dead. */
export async function announceTime(db: Db, now: Date): Promise<void> {
  await writeSetting(db, key, now.toISOString())
  await tell(db, channel, now.toISOString())
}

export interface SharedTestClock extends TestClock {
  /** Sets every process's clock; fulfilled when all have heard. */
  setEverywhere(now: Date): Promise<void>
}

/** @param onSet runs when the time has been set in this process */
export async function openSharedTestClock(db: Db, wire: Wire, onSet: () => void): Promise<SharedTestClock> {
  // The first process of all stops the time; later ones join it where it stands.
  await settleSetting(db, key, new Date().toISOString())
  const read = async () => new Date(String(await readSetting(db, key)))
  const clock = new TestClock(await read())
  const take = (now: Date) => {
    if (now <= clock.now()) return
    clock.set(now)
    onSet()
  }
  const self = randomUUID()
  const heard = new Map<string, Set<string>>()
  wire.on(channel, (payload) => {
    take(new Date(payload))
    void tell(db, heardChannel, JSON.stringify([payload, self])).catch(() => {})
  })
  wire.on(heardChannel, (payload) => {
    const [time, process] = JSON.parse(payload) as [string, string]
    heard.get(time)?.add(process)
  })
  wire.onOpen(() => void read().then(take, () => {}))

  async function setEverywhere(now: Date) {
    const time = now.toISOString()
    heard.set(time, new Set())
    await announceTime(db, now)
    const deadline = performance.now() + patience
    while (heard.get(time)!.size < (await countProcesses(db)) && performance.now() < deadline) await wait(5)
    heard.delete(time)
    take(now)
  }
  return Object.assign(clock, { setEverywhere })
}

async function countProcesses(db: Db): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and application_name = ${wireName}`.execute(db)
  return Number(rows[0]!.n)
}
