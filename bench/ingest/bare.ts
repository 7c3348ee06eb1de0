// The same rows, bytes and fsynced files without anything else: what the machine and PostgreSQL could do at best.
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'

/** Every table a mail writes to, in the order of their keys. */
const perMail: Record<string, string> = {
  files:
    'select f.* from files f where f.sha256 = $sha or f.sha256 in (select file from attachments where message = $item)',
  ledger: 'select l.* from ledger l where l.id = $id',
  customers:
    'select c.* from customers c join conversations v on v.customer = c.id where v.last_item is not null and v.id = $started',
  customer_identities:
    'select i.* from customer_identities i join conversations v on v.customer = i.customer where v.id = $started',
  conversations: 'select c.* from conversations c where c.id = $started',
  fingerprints: 'select f.* from fingerprints f where f.ledger = $id',
  known_message_ids: 'select k.* from known_message_ids k where k.message_id = $mid',
  messages: 'select m.* from messages m where m.id = $item',
  attachments: 'select a.* from attachments a where a.message = $item',
  events:
    "select e.* from events e where e.item = $item or (e.conversation = $started and e.kind in ('conversation_started', 'waiting_began'))",
  handoffs: 'select h.* from handoffs h where h.conversation = $started',
  conversation_search: 'select s.* from conversation_search s where s.conversation = $started',
}

export interface BareMail {
  raw: Buffer
  rows: { table: string; json: string }[]
}

/** The rows each mail of a run has left behind. */
export async function rowsOfRun(db: pg.Client, run: string, raws: Map<string, Buffer>): Promise<BareMail[]> {
  const { rows: ledger } = await db.query<{
    id: string
    message_id: string
    sha256: Buffer
    item: string
    outcome: string
    conversation: string
  }>(
    'select id, message_id, sha256, item, outcome, conversation from ledger where message_id like $1 order by id',
    [`${run}-%`],
  )
  const mails: BareMail[] = []
  for (const one of ledger) {
    const values: Record<string, string> = {
      sha: `'\\x${one.sha256.toString('hex')}'::bytea`,
      item: one.item,
      id: one.id,
      mid: `'${one.message_id}'`,
      started: one.outcome === 'started' ? one.conversation : '-1',
    }
    const rows: BareMail['rows'] = []
    for (const [table, query] of Object.entries(perMail)) {
      const text = query.replace(/\$(\w+)/g, (_, name: string) => values[name]!)
      const { rows: found } = await db.query<{ json: string | null }>(
        `select json_agg(x)::text as json from (${text}) x`,
      )
      if (found[0]?.json) rows.push({ table, json: found[0].json })
    }
    mails.push({ raw: raws.get(one.message_id)!, rows })
  }
  return mails
}

export async function makeBareTables(db: pg.Client): Promise<void> {
  await db.query('drop schema if exists bare cascade; create schema bare')
  for (const table of Object.keys(perMail))
    await db.query(`create table bare.${table} (like public.${table} including all excluding generated)`)
}

/** @returns rows written */
export async function insertBare(
  pool: pg.Pool,
  folder: string,
  mails: BareMail[],
  connections: number,
): Promise<number> {
  let next = 0
  let written = 0
  await mkdir(folder, { recursive: true })
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await pool.connect()
      for (let n = next++; n < mails.length; n = next++) {
        const mail = mails[n]!
        await keepFile(folder, String(n), mail.raw)
        await client.query('begin')
        for (const { table, json } of mail.rows) {
          const text = `insert into bare.${table} overriding system value select * from json_populate_recordset(null::bare.${table}, $1)`
          const { rowCount } = await client.query({ name: table, text, values: [json] })
          written += rowCount ?? 0
        }
        await client.query('commit')
      }
      client.release()
    }),
  )
  return written
}

async function keepFile(folder: string, name: string, bytes: Buffer): Promise<void> {
  const path = join(folder, name.padStart(8, '0').slice(-2))
  await mkdir(path, { recursive: true })
  const file = await open(join(path, `.${name}`), 'wx', 0o600)
  await file.writeFile(bytes)
  await file.datasync()
  await file.close()
  await rename(join(path, `.${name}`), join(path, name))
  const handle = await open(path, 'r')
  await handle.sync()
  await handle.close()
}
