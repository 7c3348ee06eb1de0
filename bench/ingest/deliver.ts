import { connect, type Socket } from 'node:net'
import type { MadeMail } from './make-mails.ts'

/**
 * Delivers over `connections` SMTP connections at once; fulfilled when the last mail has its 250. Commands go in groups
 * where the door offers it (PIPELINING, RFC 2920), as Postfix and Exim do, unless `oneByOne`.
 */
export async function deliver(
  port: number,
  mails: MadeMail[],
  connections: number,
  oneByOne = false,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const session = await openSession(port, oneByOne)
      for (let mail = mails[next++]; mail; mail = mails[next++]) await session.send(mail)
      session.close()
    }),
  )
}

/** The least of an SMTP client, so that the bench costs little itself. */
async function openSession(port: number, oneByOne: boolean) {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const waiting: { code: string; resolve(): void; reject(error: Error): void }[] = []
  let said = ''
  let groups = false
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1')
    for (let end = said.indexOf('\r\n'); end >= 0; end = said.indexOf('\r\n')) {
      const line = said.slice(0, end)
      said = said.slice(end + 2)
      groups ||= line.slice(4) === 'PIPELINING'
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
      const [begin, to] = [`MAIL FROM:<${from}>`, 'RCPT TO:<support@example.com>']
      if (groups && !oneByOne) {
        socket.write(`${begin}\r\n${to}\r\nDATA\r\n`)
        await Promise.all(['250', '250', '354'].map(answer))
      } else {
        await ask(begin, '250')
        await ask(to, '250')
        await ask('DATA', '354')
      }
      socket.write(raw.toString('latin1').replace(/^\./gm, '..'), 'latin1')
      await ask(raw.subarray(-2).toString() === '\r\n' ? '.' : '\r\n.', '250')
    },
    close: () => socket.end('QUIT\r\n'),
  }
}
