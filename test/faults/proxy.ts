// The network, as it is on bad days: a TCP proxy that passes connections on, slows them down, or cuts them at a random
// byte, or right after the final dot of a mail, when the one side has all of it and the other one will never hear so.
import { createServer, type Socket, connect as toTarget } from 'node:net'
import type { Chance } from '#app/demo/random.ts'

export interface Proxy {
  port: number
  /** connections that were cut, by what was done to them */
  cuts: Record<string, number>
  /** From now on everything passes as it is; what was to be cut is dropped. */
  calm(): void
  close(): Promise<void>
}
export interface ProxyOptions {
  chance: Chance
  /** the port behind it */
  target(): number
  /** share of the connections that something happens to */
  harm: number
  /** it carries SMTP: some connections are cut right after the final dot */
  smtp?: boolean
  /** bytes after which a connection may be cut at the latest */
  reach?: number
  /** the removed guard of the control: for this share it says 250 itself, before the server behind has kept anything */
  hasty?: number
}

type Harm = 'cut on the way there' | 'cut on the way back' | 'cut after the final dot' | 'slow'
const finalDot = Buffer.from('\r\n.\r\n')

export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { chance, target, harm, smtp = false, reach = 6000, hasty = 0 } = options
  const harms: Harm[] = ['cut on the way there', 'cut on the way back', 'slow']
  if (smtp) harms.push('cut after the final dot', 'cut after the final dot')
  const cuts: Record<string, number> = {}
  const open = new Set<Socket>()
  const harmed = new Set<Socket>()
  let calm = false

  const server = createServer((client) => {
    const plan = !calm && chance.happens(harm) ? chance.pick(harms) : null
    const after = chance.whole(0, reach)
    const pause = chance.whole(1, 150)
    const hurried = !calm && chance.happens(hasty)
    const behind = toTarget(target(), '127.0.0.1')
    const both = [client, behind]
    for (const socket of both) {
      open.add(socket)
      if (plan) harmed.add(client)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.once('close', () => {
        open.delete(socket)
        harmed.delete(client)
        for (const other of both) other.destroy()
      })
    }
    const cut = () => {
      if (client.destroyed) return
      if (plan) cuts[plan] = (cuts[plan] ?? 0) + 1
      for (const socket of both) socket.destroy()
    }
    const isCut = (where: Harm, bytes: number) => plan === where && bytes > after
    let there = 0
    let back = 0
    let deaf = false
    let tail = Buffer.alloc(0)
    client.on('data', (chunk: Buffer) => {
      there += chunk.length
      const seen = Buffer.concat([tail, chunk])
      tail = Buffer.from(seen.subarray(-(finalDot.length - 1)))
      const whole = smtp && seen.includes(finalDot)
      if (isCut('cut on the way there', there)) {
        behind.write(chunk.subarray(0, Math.floor(chunk.length / 2)))
        return setTimeout(cut, 5)
      }
      if (whole && plan === 'cut after the final dot') {
        deaf = true
        setTimeout(cut, pause * 2)
      }
      if (whole && hurried) {
        client.write('250 2.0.0 surely\r\n')
        deaf = true
        return setTimeout(() => behind.write(chunk), pause)
      }
      passOn(behind, chunk, plan === 'slow' ? pause : 0)
    })
    behind.on('data', (chunk: Buffer) => {
      back += chunk.length
      if (deaf) return
      if (isCut('cut on the way back', back)) return cut()
      passOn(client, chunk, plan === 'slow' ? pause : 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    cuts,
    calm() {
      calm = true
      for (const socket of harmed) socket.destroy()
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** Chunks keep their order, each as late as the others. */
function passOn(to: Socket, chunk: Buffer, ms: number): void {
  if (ms === 0) to.write(chunk)
  else setTimeout(() => to.writable && to.write(chunk), ms)
}
