// What goes on at the desk while it falls over: customers' servers that hand over mail and come again until they hear
// 250, a mailbox that fills, an agent who answers and presses again until he hears 201. Each notes what he was promised.
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { Chance } from '#app/demo/random.ts'

export interface SentMail {
  /** a word that stands in this mail alone */
  marker: string
  raw: Buffer
  from: string
  /** by which doors it comes */
  by: ('smtp' | 'imap')[]
  /** bytes as the desk must have kept them */
  sha256: string
}
/** What the desk has promised to keep. */
export interface Promised {
  mails: SentMail[]
  /** replies that were answered 201, by their marker */
  replies: string[]
}

/** Mails of one storm; some answer earlier ones, some have no Message-ID, some come by two ways. */
export function makeMails(chance: Chance, count: number, run: string): SentMail[] {
  const made: { id: string; from: string }[] = []
  return Array.from({ length: count }, (_, n) => {
    const marker = `mark${run}x${n}x`
    const before = made.length > 0 && chance.happens(0.25) ? chance.pick(made) : null
    const from = before?.from ?? `customer${chance.whole(1, Math.max(5, count / 4))}@example.org`
    const id = `${marker}@example.org`
    const named = chance.happens(0.9)
    if (named) made.push({ id, from })
    const raw = Buffer.from(
      [
        `From: Customer <${from}>`,
        'To: support@example.com',
        `Subject: ${before ? 'Re: ' : ''}Order ${marker}`,
        `Date: ${new Date(Date.now() - chance.whole(0, 3_600_000)).toUTCString()}`,
        ...(named ? [`Message-ID: <${id}>`] : []),
        ...(before ? [`In-Reply-To: <${before.id}>`] : []),
        ...bodyOf(chance, marker),
      ].join('\r\n'),
    )
    const way = chance.next()
    const by: SentMail['by'] = way < 0.55 ? ['smtp'] : way < 0.93 ? ['imap'] : ['smtp', 'imap']
    return { marker, raw, from, by, sha256: createHash('sha256').update(raw).digest('hex') }
  })
}

function bodyOf(chance: Chance, marker: string): string[] {
  const words = `Where is my order? ${marker}\r\n${'Please look after it. '.repeat(chance.whole(1, 40))}`
  if (!chance.happens(0.15)) return ['Content-Type: text/plain; charset=utf-8', '', words, '']
  const file = Buffer.from(`${marker} ${'x'.repeat(chance.whole(1000, 120_000))}`).toString('base64')
  return [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=edge',
    '',
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    '',
    words,
    '--edge',
    `Content-Type: application/octet-stream; name="${marker}.bin"`,
    'Content-Disposition: attachment',
    'Content-Transfer-Encoding: base64',
    '',
    (file.match(/.{1,76}/g) ?? []).join('\r\n'),
    '--edge--',
    '',
  ]
}

/** Hands one mail over as a mail server does: again and again until it was taken. */
export async function handOver(port: number, { raw, from }: SentMail, signal: AbortSignal): Promise<void> {
  for (let pause = 50; ; pause = Math.min(pause * 2, 800)) {
    const transport = createTransport({
      host: '127.0.0.1',
      port,
      secure: false,
      ignoreTLS: true,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 15_000,
    })
    try {
      await transport.sendMail({ raw, envelope: { from, to: 'support@example.com' } })
      return
    } catch (error) {
      const { responseCode } = error as { responseCode?: number }
      if (responseCode && responseCode >= 500) throw error
      signal.throwIfAborted()
      await wait(pause)
    } finally {
      transport.close()
    }
  }
}

export interface Api {
  url: string
  key: string
}
async function ask<T>({ url, key }: Api, method: string, path: string, body?: unknown, idempotency?: string) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(idempotency ? { 'idempotency-key': idempotency } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(20_000),
  })
  return { status: response.status, body: (await response.json()) as T }
}

/** One request as a stubborn person makes it: the same again until it is answered. @returns null: given up */
export async function stubbornly<T>(
  api: Api,
  signal: AbortSignal,
  request: { method: string; path: string; body?: unknown; key?: string },
): Promise<T | null> {
  for (; !signal.aborted; await wait(150)) {
    const { method, path, body, key } = request
    const answer = await ask<T>(api, method, path, body, key).catch(() => null)
    if (answer && answer.status < 300) return answer.body
    // In flight, or the database is just away; everything else is an answer.
    const { code } = (answer?.body ?? {}) as { code?: string }
    if (answer && answer.status < 500 && answer.status !== 429 && code !== 'in_flight')
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return null
}

interface Listed {
  items: { number: number }[]
}
interface Opened {
  items: { id: string; type: string }[]
}
/** Answers a conversation nobody has answered yet. @returns the reply's marker when it was promised */
export async function reply(
  api: Api,
  chance: Chance,
  signal: AbortSignal,
  marker: string,
): Promise<string | null> {
  const list = await stubbornly<Listed>(api, signal, {
    method: 'GET',
    path: '/conversations?view=all&status=new,open&limit=100',
  })
  if (!list || list.items.length === 0) return null
  const { number } = chance.pick(list.items)
  const opened = await stubbornly<Opened>(api, signal, { method: 'GET', path: `/conversations/${number}` })
  const last = opened?.items.at(-1)
  if (!last) return null
  const sent = await stubbornly(api, signal, {
    method: 'POST',
    path: `/conversations/${number}/messages`,
    key: marker,
    body: {
      text: `It is on its way. ${marker}`,
      lastSeen: last.id,
      sendAnyway: true,
      unlessCustomerWrites: false,
      cc: [],
      quote: 'none',
    },
  })
  return sent ? marker : null
}
