// The account after the storm: what was promised against what is there. Facts are read from the database, the files
// and the customers' mail server; the verdict is worked out from them alone.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { sums } from '#features/ledger/ledger.ts'
import type { Db } from '#platform/db/db.ts'
import type { Delivered } from './sink.ts'
import type { Promised } from './traffic.ts'

export interface Facts {
  /** how many messages hold a marker, by marker: those that came in, those that we wrote */
  came: Map<string, number>
  wrote: Map<string, number>
  /** SHA-256 (hex) of the sources in the ledger */
  sources: Set<string>
  /** per reply, by marker: its state, and how many tries ended without an answer */
  sent: Map<string, { state: string; uncertain: number }>
  /** copies at the customers' mail server, by marker */
  copies: Map<string, string[]>
  /** what must not be, in words */
  halves: string[]
}
export interface Account {
  lost: string[]
  doubled: string[]
  halfMade: string[]
  /** sent twice in the one window that is left, each with its record */
  recorded: number
}

export function settleAccount({ mails, replies }: Promised, facts: Facts): Account {
  const account: Account = { lost: [], doubled: [], halfMade: [...facts.halves], recorded: 0 }
  for (const { marker, sha256 } of mails) {
    const n = facts.came.get(marker) ?? 0
    if (n === 0) account.lost.push(`mail ${marker}`)
    if (n > 1) account.doubled.push(`mail ${marker}: ${n} messages`)
    if (n === 1 && !facts.sources.has(sha256)) account.halfMade.push(`mail ${marker} has not its own source`)
  }
  for (const marker of replies) {
    const n = facts.wrote.get(marker) ?? 0
    if (n === 0) account.lost.push(`reply ${marker}`)
    if (n > 1) account.doubled.push(`reply ${marker}: ${n} messages`)
  }
  // Replies nobody heard 201 for may be there all the same; they are sent like the others.
  for (const [marker, { state, uncertain }] of facts.sent) {
    const copies = facts.copies.get(marker) ?? []
    const wellEnded = state === 'sent' || state === 'failed'
    if (!wellEnded) account.halfMade.push(`reply ${marker} is still ${state}`)
    if (state === 'sent' && copies.length === 0) account.lost.push(`reply ${marker}: sent, and not there`)
    if (state === 'failed' && uncertain === 0) account.lost.push(`reply ${marker}: given up`)
    if (copies.length > 1 + Math.min(uncertain, 1))
      account.doubled.push(`reply ${marker}: ${copies.length} copies, ${uncertain} uncertain`)
    else if (copies.length > 1) account.recorded += 1
  }
  return account
}

const count = async (db: Db, what: string, from: string): Promise<string[]> => {
  const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.raw(from)}`.execute(db)
  return rows[0]!.n === '0' ? [] : [`${rows[0]!.n} ${what}`]
}

/** Things that a change made whole never leaves behind, each a query for rows that must not be. */
const halves: Record<string, string> = {
  'mails not at rest': `ledger where outcome in ('waiting', 'failed')`,
  'good mails quarantined': `ledger where outcome = 'quarantined'`,
  'mails threaded without a message': `ledger l where outcome in ('threaded', 'started')
    and not exists (select from messages m where m.id = l.item and m.ledger = l.id and m.conversation = l.conversation)`,
  'messages their mail knows nothing of': `messages m where ledger is not null
    and not exists (select from ledger l where l.id = m.ledger and l.item = m.id)`,
  'duplicates of nothing': `ledger l where outcome = 'ignored' and not exists (
    select from ledger f where f.id = l.duplicate_of and f.sha256 is not null)`,
  'conversations without a message': `conversations c where not exists (
    select from messages m where m.conversation = c.id)`,
  'messages without their event': `messages m where direction = 'in' and (
    select count(*) from events e where e.item = m.id and e.kind = 'message_received') <> 1`,
  'replies without a delivery': `messages m where direction = 'out' and not exists (
    select from deliveries d join sendings s on s.message = d.message where d.message = m.id)`,
  'sent deliveries without a try on record': `deliveries d where state = 'sent' and not exists (
    select from delivery_attempts a where a.delivery = d.id and a.state = 'sent')`,
  'sent replies without their event': `messages m where direction = 'out'
    and exists (select from deliveries d where d.message = m.id and d.state = 'sent')
    and not exists (select from events e where e.item = m.id and e.kind = 'message_sent')`,
  'failed replies whose conversation sleeps': `deliveries d join messages m on m.id = d.message
    join conversations c on c.id = m.conversation where d.state = 'failed' and c.category in ('pending', 'solved')
    and not exists (select from messages l where l.conversation = c.id and l.position > m.position)`,
  'events without a place': 'events where seq is null',
  'followers that stopped': `stream_positions where seq < (select max(seq) from events)`,
  'positions given twice or beyond': `conversations c where last_position < (
    select max(position) from messages m where m.conversation = c.id)`,
  'conversations that search does not know': `conversations c where not exists (
    select from conversation_search s where s.conversation = c.id)`,
}

export async function readFacts(db: Db, data: string, taken: Delivered[], run: string): Promise<Facts> {
  const found: string[] = []
  for (const [what, from] of Object.entries(halves)) found.push(...(await count(db, what, from)))
  const marker = new RegExp(`mark${run}x\\d+x|reply${run}x\\d+x`)
  const { rows: messages } = await sql<{ id: string; direction: string; text: string; message_id: string }>`
    select id, direction, text, message_id from messages`.execute(db)
  const came = new Map<string, number>()
  const wrote = new Map<string, number>()
  const byId = new Map<string, { marker: string; messageId: string }>()
  for (const { id, direction, text, message_id } of messages) {
    const [name] = marker.exec(text) ?? []
    if (!name) {
      found.push(`message ${id} without its words`)
      continue
    }
    const counts = direction === 'in' ? came : wrote
    counts.set(name, (counts.get(name) ?? 0) + 1)
    if (direction === 'out') byId.set(id, { marker: name, messageId: message_id })
  }
  const { rows: deliveries } = await sql<{ message: string; state: string; uncertain: string }>`
    select d.message, d.state, (select count(*) from delivery_attempts a
      where a.delivery = d.id and (a.state = 'uncertain' or a.own_key like '%unknown%')) as uncertain
    from deliveries d`.execute(db)
  const sent: Facts['sent'] = new Map()
  for (const { message, state, uncertain } of deliveries) {
    const known = byId.get(message)
    if (known) sent.set(known.marker, { state, uncertain: Number(uncertain) })
  }
  const copies = new Map<string, string[]>()
  const named = new Map([...byId.values()].map((one) => [one.messageId, one.marker]))
  for (const { messageId } of taken) {
    const name = named.get(messageId)
    if (!name) found.push(`a copy of no message (${messageId})`)
    else copies.set(name, [...(copies.get(name) ?? []), messageId])
  }
  const { sources, missing } = await readFiles(db, data)
  const sheet = await sums(db)
  for (const side of ['received', 'outgoing'] as const)
    if (sheet[side].difference !== 0) found.push(`the ledger's ${side} differ by ${sheet[side].difference}`)
  return { came, wrote, sources, sent, copies, halves: [...found, ...missing] }
}

/** Every file that a row names is there, with the bytes that its name says. */
async function readFiles(db: Db, data: string): Promise<{ sources: Set<string>; missing: string[] }> {
  const { rows } = await sql<{ hex: string; source: boolean }>`
    select encode(sha256, 'hex') as hex, exists (select from ledger l where l.sha256 = f.sha256) as source from files f
    union select encode(file, 'hex'), false from attachments
      where not exists (select from files f where f.sha256 = file)`.execute(db)
  const sources = new Set<string>()
  const missing: string[] = []
  for (const { hex, source } of rows) {
    if (source) sources.add(hex)
    const path = join(data, 'files', hex.slice(0, 2), hex.slice(2, 4), hex)
    const whole = existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === hex
    if (!whole) missing.push(`file ${hex} is not whole`)
  }
  return { sources, missing }
}
