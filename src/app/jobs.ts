import { type Heir, release } from '#features/conversations/conversations.ts'
import { pushNotification } from '#features/notifications/notifications.ts'
import { mailPasswordReset } from '#features/sign-in/sign-in.ts'
import { acknowledge } from '#flows/acknowledge/acknowledge.ts'
import { postConsultMail } from '#flows/consult/post.ts'
import { finishErasure } from '#flows/erase/finish-erasure.ts'
import { postSystemMail } from '#flows/post-system-mail.ts'
import { answerTooLarge, type TooLargeAnswer } from '#flows/receive/too-large.ts'
import { sweepFiles } from '#flows/sweep-files.ts'
import type { Actor } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import type { Tasks } from '#platform/jobs/jobs.ts'
import type { WaysOut } from './ways-out.ts'

/** Every job by name. */
export function tasks(house: House, out: WaysOut): Tasks {
  return {
    release_conversations: ({ agent, by, heir }: { agent: string; by: Actor; heir?: Heir }) =>
      release(house.db, agent, { actor: by, at: house.clock.now() }, heir),
    acknowledge: async ({ message }: { message: string }) => void (await acknowledge(house, message)),
    answer_too_large: (answer: TooLargeAnswer) => answerTooLarge(house, out.channels, answer),
    post_consult_mail: ({ mail }: { mail: string }) => postConsultMail(house, out.channels, mail),
    sweep_files: () => sweepFiles(house),
    post_system_mail: ({ sealed }: { sealed: string }) => postSystemMail(house, out.channels, sealed),
    finish_erasure: ({ hashes }: { hashes: string[] }) => finishErasure(house, hashes),
    push_notification: (what: { notification: string; device: string }) => pushNotification(house, what),
    mail_password_reset: ({ address }: { address: string }) => mailPasswordReset(house, address),
  }
}
