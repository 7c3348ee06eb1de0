// The IMAP servers that mail is fetched from in tests: the small one everywhere, and Dovecot where it is installed.
import { noDovecot, startDovecot } from './dovecot.ts'
import { startImapServer } from './imap-server.ts'

export const mailServers = [
  { name: 'the small IMAP server', skip: undefined, start: startImapServer },
  { name: 'Dovecot', skip: noDovecot, start: startDovecot },
]
