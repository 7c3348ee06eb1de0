import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type SmtpSettings, transportOptions } from './smtp-settings.ts'

/** Whether a server takes addresses with letters beyond ASCII (RFC 6531): its answer to our hello; null: none came. */
export function offersUtf8(smtp: SmtpSettings): Promise<boolean | null> {
  const { auth: _, ...options } = transportOptions(smtp)
  const connection = new SMTPConnection(options)
  return new Promise((resolve) => {
    // Whoever cannot be reached is told so by the delivery itself.
    connection.once('error', () => resolve(null))
    connection.once('end', () => resolve(null))
    connection.connect(() => {
      resolve(/^250[ -]SMTPUTF8\b/im.test(String(connection.lastServerResponse)))
      connection.quit()
    })
  })
}
