import type { House } from '#platform/house.ts'
import type { Tasks } from '#platform/jobs/jobs.ts'

/** Every job by name. */
export function tasks(_house: House): Tasks {
  return {}
}
