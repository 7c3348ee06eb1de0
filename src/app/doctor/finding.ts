import type { Config } from '#platform/config/config.ts'
import type { Db } from '#platform/db/db.ts'

/** One line of the doctor's: `code` names its text in doctor.json, below the check's name. */
export interface Finding {
  check: string
  ok: boolean
  code: string
  params?: Record<string, unknown>
}

/** What is looked at; tests put a wrong world in. */
export interface Patient {
  config: Config
  nodeVersion: string
  now(): Date
  /** bytes free where a folder is */
  freeBytes(folder: string): Promise<number>
  consoleIsBuilt(): boolean
  /** null: it cannot be reached, and the reason stands in `databaseProblem` */
  db: Db | null
  databaseProblem: string | null
}

export const fine = (check: string, params: Record<string, unknown> = {}, code = 'ok'): Finding => ({
  check,
  ok: true,
  code,
  params,
})
export const wrong = (check: string, code: string, params: Record<string, unknown> = {}): Finding => ({
  check,
  ok: false,
  code,
  params,
})
