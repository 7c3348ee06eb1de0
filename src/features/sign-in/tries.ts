// Brute-force limits, kept in PostgreSQL so that every process counts alike. Each try fills a bucket, time empties it
// (one row per key: the moment it will be empty, known as GCRA). A full bucket lets one try through per interval, so
// nobody is shut out for ever; a reset link signs in without asking here.
import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'

interface Bucket {
  key: string
  /** tries at once */
  burst: number
  /** seconds until one more is let through */
  every: number
}
const hashed = (text: string) => createHash('sha256').update(text).digest('base64url')

export const addressBucket = (purpose: string, address: string): Bucket => ({
  key: hashed(`${purpose} address ${address}`),
  burst: 10,
  every: 30,
})
export const ipBucket = (purpose: string, ip: string): Bucket => ({
  key: hashed(`${purpose} ip ${network(ip)}`),
  burst: 40,
  every: 6,
})

/** One person has a whole /64 of IPv6; counting single addresses there would count nothing. */
function network(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const parsed = ipaddr.process(ip)
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 8).join('.') : parsed.toString()
}

/** Counts a try before it is made, so that many at once cannot slip through; 429 `too_often` when one is full. */
export async function countTry(db: Db, now: Date, buckets: Bucket[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const bucket of buckets) await fill(tx, now, bucket)
  })
}

async function fill(tx: Db, now: Date, { key, burst, every }: Bucket): Promise<void> {
  const { rows } = await sql`
    insert into sign_in_tries as t (key, filled_until) values (${key}, ${now}::timestamptz + ${every} * interval '1 s')
    on conflict (key) do update set filled_until = greatest(t.filled_until, ${now}) + ${every} * interval '1 s'
    where greatest(t.filled_until, ${now}) <= ${now}::timestamptz + ${(burst - 1) * every} * interval '1 s'
    returning key`.execute(tx)
  if (rows.length > 0) return
  const { filled_until } = await tx
    .selectFrom('sign_in_tries')
    .select('filled_until')
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  const wait = (filled_until.getTime() - now.getTime()) / 1000 - (burst - 1) * every
  refuse('too_often', { params: { seconds: Math.max(1, Math.ceil(wait)) } })
}

/** The try was right: the address starts afresh, the others get this one try back. */
export async function forgetTries(db: Db, now: Date, address: Bucket, ip?: Bucket): Promise<void> {
  await sql`delete from sign_in_tries where key = ${address.key} or filled_until < ${now}`.execute(db)
  if (ip)
    await sql`update sign_in_tries set filled_until = filled_until - ${ip.every} * interval '1 s'
      where key = ${ip.key}`.execute(db)
}
