// Mails as a shop gets them: 15 kB on average, 40 % answers in threads, 6 % with an attachment, English and Russian.

export interface MadeMail {
  raw: Buffer
  from: string
  /** its Message-ID without brackets, and the thread it belongs to */
  id: string
  thread: number
}

/** A small generator of our own (mulberry32): the same seed gives the same mails everywhere. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const words =
  'order delivery parcel broken lamp refund courier invoice tomorrow please account payment size colour return address заказ доставка посылка возврат лампа курьер счёт завтра пожалуйста оплата размер цвет адрес сломана ждём письмо'.split(
    ' ',
  )

export function makeMails(run: string, count: number, seed = 1): MadeMail[] {
  const roll = dice(seed)
  const threads: string[][] = []
  return Array.from({ length: count }, (_, n): MadeMail => {
    const answers = threads.length > 0 && roll() < 0.4
    const thread = answers ? Math.floor(roll() * threads.length) : threads.push([]) - 1
    const id = `${run}-${n}@customer.example`
    const raw = makeMail(roll, { run, thread, id, before: threads[thread]!, attached: roll() < 0.06 })
    threads[thread]!.push(id)
    return { raw, id, thread, from: writer(run, thread) }
  })
}

const writer = (run: string, thread: number) => `customer${thread}.${run}@customer.example`

function makeMail(
  roll: () => number,
  {
    run,
    thread,
    id,
    before,
    attached,
  }: { run: string; thread: number; id: string; before: string[]; attached: boolean },
): Buffer {
  const sentence = (n: number) =>
    Array.from({ length: n }, () => words[Math.floor(roll() ** 2 * words.length)]).join(' ')
  const text = Array.from({ length: 28 }, () => sentence(12)).join('\r\n')
  const html = Array.from({ length: 60 }, () => `<p style="margin:0;color:#333">${sentence(10)}</p>`).join(
    '\r\n',
  )
  const picture = Buffer.from(Array.from({ length: 40_000 }, () => roll() * 256))
  return Buffer.from(
    [
      `Received: from mx.customer.example by shop.example; Mon, 2 Mar 2026 10:11:13 +0300`,
      `From: Customer ${thread} <${writer(run, thread)}>`,
      'To: support@example.com',
      `Subject: ${before.length > 0 ? 'Re: ' : ''}${sentence(1)} ${run} ${thread}`,
      `Message-ID: <${id}>`,
      ...(before.length > 0
        ? [`In-Reply-To: <${before.at(-1)}>`, `References: ${before.map((one) => `<${one}>`).join('\r\n ')}`]
        : []),
      'Date: Mon, 2 Mar 2026 10:11:12 +0300',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m\r\nContent-Type: multipart/alternative; boundary=a\r\n',
      `--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`,
      `--a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${html}\r\n--a--`,
      ...(attached
        ? [
            `--m\r\nContent-Type: image/jpeg; name=lamp.jpg\r\nContent-Disposition: attachment; filename=lamp.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${picture.toString('base64').replace(/(.{76})/g, '$1\r\n')}`,
          ]
        : []),
      '--m--',
      '',
    ].join('\r\n'),
  )
}
