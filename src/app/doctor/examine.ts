import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Config } from '#platform/config/config.ts'
import { clusterOf } from '#platform/db/cluster-place.ts'
import { connect } from '#platform/db/connect.ts'
import { openDatabase } from '#platform/db/db.ts'
import { consoleIsBuilt } from '../console.ts'
import { findDatabase } from '../offline.ts'
import type { Finding, Patient } from './finding.ts'
import { lookAtDatabase } from './look-at-database.ts'
import { lookAtMachine } from './look-at-machine.ts'

const machine = {
  nodeVersion: process.version,
  now: () => new Date(),
  async freeBytes(folder: string) {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
  consoleIsBuilt,
}

/** Looks at everything, whether the desk runs or not. */
export async function examine(config: Config, as: Partial<typeof machine> = {}): Promise<Finding[]> {
  const patient: Patient = { ...machine, ...as, config, db: null, databaseProblem: null }
  const findings = await lookAtMachine(patient)
  // An embedded database that was never made is made by the first start, not by a doctor.
  if (!config.databaseUrl && !existsSync(clusterOf(config.data)))
    return [...findings, { check: 'database', ok: true, code: 'not_yet' }]
  let release = async () => {}
  try {
    const database = await findDatabase(config)
    release = database.release
    patient.db = openDatabase({ url: database.url, size: 2, applicationName: 'foyer doctor' })
    await connect(patient.db, database.url, 3000)
  } catch (error) {
    await patient.db?.destroy()
    patient.db = null
    patient.databaseProblem = (error as Error).message
  }
  try {
    return [...findings, ...(await lookAtDatabase(patient))]
  } finally {
    await patient.db?.destroy()
    await release()
  }
}
