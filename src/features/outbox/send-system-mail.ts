// Mails that Foyer writes itself: invitations, reset links. In the reader's language, from the sender of the settings.
import { type Db, whenCommitted } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { text } from '#platform/texts/texts.ts'
import { keepSystemMail, type SystemLetter } from './keep-system-mail.ts'
import { systemSender } from './system-sender.ts'

export interface SystemMail {
  /** names the texts: people:mail.<kind>.subject and .body */
  kind: 'invitation' | 'reset'
  to: { name: string; address: string }
  language: string
  params: Record<string, string>
}

/** Posts the mail, or keeps it where no server is set, in the transaction of what it tells about. */
export async function sendSystemMail(house: House, tx: Db, mail: SystemMail): Promise<void> {
  const say = (part: string) => text(mail.language, `people:mail.${mail.kind}.${part}`, mail.params)
  const letter = { kind: mail.kind, to: mail.to, subject: say('subject'), text: say('body') }
  if ((await sendSystemLetter(house, tx, letter)) === 'posted') return
  // Without a mail server this line on the command line is how the link reaches its reader.
  whenCommitted(tx, () =>
    house.log.info('a system mail is kept in the test mailbox', {
      to: mail.to.address,
      subject: letter.subject,
      link: mail.params.link,
    }),
  )
}

/** The same for words that are ready. */
export async function sendSystemLetter(
  house: House,
  tx: Db,
  words: Omit<SystemLetter, 'at' | 'from'>,
): Promise<'posted' | 'kept'> {
  const { name, address, smtp } = await systemSender(tx, house.secrets)
  const letter: SystemLetter = { ...words, at: house.clock.now().toISOString(), from: { name, address } }
  if (smtp) {
    const sealed = house.secrets.seal('system mail', JSON.stringify(letter))
    await addJob(tx, 'post_system_mail', { sealed })
    return 'posted'
  }
  await keepSystemMail(tx, letter)
  return 'kept'
}
