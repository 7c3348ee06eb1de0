/**
 * How many mails a second are read: `node bench/reading.ts [mails]`. Own mails of about 15 kB (plain, HTML, replies
 * with history, 6 % with an attachment), read in this thread, then through the pool of one thread. Prints both
 * rates, their ratio, and the memory of the process before and after. Timings scatter on a shared machine; the
 * ratio and the bytes tell more.
 */
import { execFileSync } from 'node:child_process'
import { read } from '#channels/email/read/read.ts'
import { createReaderPool } from '#channels/email/read/reader-pool.ts'

const count = Number(process.argv[2] ?? 2000)
const words =
  'order delivery parcel broken cup refund courier invoice tomorrow please заказ доставка посылка возврат чашка'.split(
    ' ',
  )
const sentence = (seed: number, length: number): string =>
  Array.from({ length }, (_, at) => words[(seed * 7 + at * 13 + (at >> 3)) % words.length]).join(' ')
const wrapped = (text: string): string => text.replace(/(.{60,72}) /g, '$1\r\n')

function mailOf(seed: number): Uint8Array {
  const plain = wrapped(sentence(seed, 250))
  const history = wrapped(sentence(seed + 1, 400)).replace(/^/gm, '> ')
  const html = Array.from(
    { length: 40 },
    (_, at) => `<p style="color:#333">${sentence(seed + at, 16)}</p>`,
  ).join('\r\n')
  const file = Buffer.alloc(30_000, seed % 251)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n')
  const head = [
    'Received: from mx.customer.example by shop.example; Mon, 2 Mar 2026 10:11:13 +0300',
    `From: =?utf-8?B?${Buffer.from(`Анна ${seed}`).toString('base64')}?= <anna${seed}@customer.example>`,
    'To: help@shop.example',
    `Subject: Re: ${sentence(seed, 4)}`,
    `Message-ID: <${seed}@customer.example>`,
    `References: <a${seed}@shop.example> <b${seed}@shop.example>`,
    'Date: Mon, 2 Mar 2026 10:11:12 +0300',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=m',
    '',
    '--m\r\nContent-Type: multipart/alternative; boundary=a\r\n',
    `--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${plain}\r\n\r\nOn 2 Mar 2026, Shop wrote:\r\n${history}`,
    `--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--a--`,
    ...(seed % 16 === 0
      ? [
          `--m\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}`,
        ]
      : []),
    '--m--',
  ]
  return new Uint8Array(Buffer.from(head.join('\r\n')))
}

const memory = (): number => Math.round(process.memoryUsage().rss / 1024 / 1024)
const mails = Array.from({ length: count }, (_, seed) => mailOf(seed))
const bytes = mails.reduce((sum, mail) => sum + mail.length, 0)

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return Math.round((count / (performance.now() - start)) * 1000)
}
const here = async (): Promise<void> => {
  for (const mail of mails) await read(mail)
}

const pool = createReaderPool()
const before = memory()
await pool.read(mails[0]!)
const started = memory()
await here()
const direct = await timed(here)
const threaded = await timed(() => Promise.all(mails.map((mail) => pool.read(mail))))
await pool.close()
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
console.log(
  JSON.stringify({
    commit,
    node: process.version,
    mails: count,
    meanBytes: Math.round(bytes / count),
    perSecondHere: direct,
    perSecondInThread: threaded,
    ratio: Math.round((threaded / direct) * 100) / 100,
    rssMb: { before, threadStarted: started, after: memory() },
  }),
)
