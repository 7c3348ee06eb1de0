import type { Clock } from './clock/clock.ts'
import type { Config } from './config/config.ts'
import type { Db } from './db/db.ts'
import type { FileStore } from './files/files.ts'
import type { Log } from './log/log.ts'
import type { Secrets } from './secrets/secrets.ts'

/** What the wiring hands to routes and flows. Data functions get just the `db` (and a time) they need. */
export interface House {
  db: Db
  clock: Clock
  files: FileStore
  secrets: Secrets
  log: Log
  config: Config
  /** where people reach the desk, without a slash at the end */
  url: string
}
