import { connect, type Socket } from 'node:net'
import type { MadeMail } from './make-mails.ts'

/** Delivers over `connections` SMTP connections at once; fulfilled when the last mail has its 250. */
export async function deliver(port: number, mails: MadeMail[], connections: number): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const session = await openSession(port)
      for (let mail = mails[next++]; mail; mail = mails[next++]) await session.send(mail)
      session.close()
    }),
  )
}

/** The least of an SMTP client, so that the bench costs little itself. */
async function openSession(port: number) {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const waiting: { code: string; resolve(): void; reject(error: Error): void }[] = []
  let said = ''
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1')
    for (let end = said.indexOf('\r\n'); end >= 0; end = said.indexOf('\r\n')) {
      const line = said.slice(0, end)
      said = said.slice(end + 2)
      if (line[3] === '-') continue
      const one = waiting.shift()
      if (line.startsWith(one?.code ?? '')) one?.resolve()
      else one?.reject(new Error(line))
    }
  })
  const answer = (code: string) =>
    new Promise<void>((resolve, reject) => waiting.push({ code, resolve, reject }))
  const ask = (line: string, code: string) => {
    socket.write(`${line}\r\n`)
    return answer(code)
  }
  await answer('220')
  await ask('EHLO bench.example', '250')
  return {
    async send({ raw, from }: MadeMail) {
      await ask(`MAIL FROM:<${from}>`, '250')
      await ask('RCPT TO:<support@example.com>', '250')
      await ask('DATA', '354')
      socket.write(raw.toString('latin1').replace(/^\./gm, '..'), 'latin1')
      await ask(raw.subarray(-2).toString() === '\r\n' ? '.' : '\r\n.', '250')
    },
    close: () => socket.end('QUIT\r\n'),
  }
}
