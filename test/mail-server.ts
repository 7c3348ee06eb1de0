/** An IMAP server in the hands of a test. */
export interface MailServer {
  name: string
  port: number
  password: string
  /** Puts a mail into somebody's INBOX, as a delivery would; `seen` also without anybody having read it. */
  deliver(user: string, raw: string, options?: { at?: Date }): void
  /** flags of the mails in the INBOX, as the file names say: '' or 'S' … */
  flags(user: string): string[]
  /** Forgets the UIDs it gave: the next look sees another UIDVALIDITY. */
  renumber(user: string): void
  stop(): Promise<void>
  start(): Promise<void>
}
