// A real SMTP server on loopback that keeps what it is given and can refuse, stall or cut as told.
import { after } from 'node:test'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

export interface Taken {
  from: string
  to: string[]
  source: string
}
export interface SinkBehaviour {
  /** refuses a recipient, e.g. (address) => '550 5.1.1 no such person' */
  rcpt?(address: string): string | null
  /** answers DATA, e.g. () => '451 try later' */
  data?(): string | null
  /** closes the connection after the final dot, without an answer; the mail is kept all the same */
  cut?(): boolean
  username?: string
  password?: string
  /** access tokens taken in place of a password (XOAUTH2), from its start on */
  tokens?: Set<string>
  /** offers no SMTPUTF8, from its start on */
  asciiOnly?: boolean
}
export interface Sink {
  port: number
  taken: Taken[]
  /** transactions that reached DATA */
  transactions(): number
  behave(behaviour: SinkBehaviour): void
  close(): Promise<void>
}

const refusal = (line: string) =>
  Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) })

/** @param port 0 picks a free one */
export async function startSmtpSink(behaviour: SinkBehaviour = {}, port = 0): Promise<Sink> {
  const taken: Taken[] = []
  let transactions = 0
  let told = behaviour
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    hideSMTPUTF8: behaviour.asciiOnly,
    authOptional: !behaviour.username,
    allowInsecureAuth: true,
    closeTimeout: 50,
    authMethods: behaviour.tokens ? ['XOAUTH2'] : ['LOGIN', 'PLAIN'],
    onAuth: ({ username, password, accessToken }, _session, done) =>
      username === told.username &&
      (behaviour.tokens ? behaviour.tokens.has(accessToken ?? '') : password === told.password)
        ? done(null, { user: username })
        : done(refusal('535 5.7.8 Authentication failed')),
    onRcptTo({ address }, _session, done) {
      const line = told.rcpt?.(address)
      done(line ? refusal(line) : null)
    },
    onData(stream: SMTPServerDataStream, session: SMTPServerSession, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        transactions += 1
        const line = told.data?.()
        if (line) return done(refusal(line))
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(parts).toString('latin1'),
        })
        if (told.cut?.()) {
          for (const connection of server.connections) (connection as unknown as { close(): void }).close()
          return
        }
        done(null, '250 2.0.0 taken')
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const address = server.server.address()
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  after(close)
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    taken,
    transactions: () => transactions,
    behave(next) {
      told = { ...next, username: behaviour.username, password: behaviour.password }
    },
    close,
  }
}
