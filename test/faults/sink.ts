// The customers' mail server: it keeps what it is given, and knows how often it was given the same.
import { SMTPServer } from 'smtp-server'

export interface Delivered {
  messageId: string
}

export async function startSink(): Promise<{ port: number; taken: Delivered[]; close(): Promise<void> }> {
  const taken: Delivered[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      // A mail cut on its way is none: its sender knows that, and sends it again.
      stream.on('error', () => {})
      stream.on('end', () => {
        const source = Buffer.concat(parts).toString('latin1')
        taken.push({ messageId: /^Message-ID: <([^>]+)>/im.exec(source)?.[1] ?? '' })
        done(null, '250 2.0.0 taken')
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    port: (server.server.address() as { port: number }).port,
    taken,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
