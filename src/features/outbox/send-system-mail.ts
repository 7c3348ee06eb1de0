// Mails that Foyer writes itself: invitations, reset links. In the reader's language, from the sender of the settings.
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text } from '#platform/texts/texts.ts'

export interface SystemMail {
  /** names the texts: people:mail.<kind>.subject and .body */
  kind: 'invitation' | 'reset'
  to: { name: string; address: string }
  language: string
  params: Record<string, string>
}

/** Composes the mail and keeps it in the test mailbox, in the transaction of what it tells about. */
export async function sendSystemMail(house: House, tx: Db, mail: SystemMail): Promise<void> {
  const say = (part: string) => text(mail.language, `people:mail.${mail.kind}.${part}`, mail.params)
  const at = house.clock.now()
  const sender = await systemSender(tx)
  const subject = say('subject')
  const source = await new MailComposer({
    from: { name: 'Foyer', address: sender },
    to: mail.to,
    subject,
    text: say('body'),
    date: at,
    // RFC 3834: nobody's out-of-office note shall answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
    .compile()
    .build()
  await tx
    .insertInto('outbox_mails')
    .values({ system_kind: mail.kind, at, sender, recipients: [mail.to.address], subject, source })
    .execute()
  // Without a mail server this line on the command line is how the link reaches its reader.
  house.log.info('a system mail is kept in the test mailbox', {
    to: mail.to.address,
    subject,
    link: mail.params.link,
  })
}

/** The setting `system_sender` (an address), else the first inbox's address. */
async function systemSender(db: Db): Promise<string> {
  const setting = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'system_sender')
    .executeTakeFirst()
  if (typeof setting?.value === 'string') return setting.value
  const inbox = await db
    .selectFrom('inboxes')
    .select('address')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return inbox?.address ?? 'foyer@localhost'
}
