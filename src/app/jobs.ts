import { mailPasswordReset } from '#features/sign-in/sign-in.ts'
import type { House } from '#platform/house.ts'
import type { Tasks } from '#platform/jobs/jobs.ts'

/** Every job by name. */
export function tasks(house: House): Tasks {
  return {
    mail_password_reset: ({ address }: { address: string }) => mailPasswordReset(house, address),
  }
}
