// Reads a backup from end to end and believes nothing: every frame's tag, every table's hash and count, every file's
// hash, the totals. Nothing is written, so a file that is refused here leaves no trace.
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type BackupRecord, readRecords, type Totals } from './records.ts'
import { BadBackup, type Header, openBackup } from './seal.ts'

export async function openFile(path: string) {
  const { header, unseal } = await openBackup(createReadStream(path, { highWaterMark: 1 << 20 }))
  return { header, records: (passphrase: string) => recordsOf(unseal(passphrase)) }
}

async function* recordsOf(plain: AsyncIterable<Buffer>): AsyncGenerator<BackupRecord> {
  const source = Readable.from(plain)
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  // pipe() keeps an error of its source to itself.
  source.once('error', (error) => unpacked.destroy(error))
  try {
    yield* readRecords(source.pipe(unpacked))
  } catch (error) {
    throw (error as { code?: string }).code?.startsWith('Z_') ? new BadBackup('damaged') : error
  }
}

export interface Checked extends Totals {
  header: Header
  secret: string
}

export async function checkBackup(path: string, passphrase: string): Promise<Checked> {
  const { header, records } = await openFile(path)
  const seen: Totals = { tables: 0, rows: 0, files: 0, bytes: 0, missing: [] }
  const wrong: string[] = []
  let end: Totals | null = null
  let hash: Hash = createHash('sha256')
  let file = ''
  let secret = ''
  for await (const record of records(passphrase)) {
    if (end) throw new BadBackup('damaged')
    switch (record.kind) {
      case 'desk':
        secret = record.told.secret
        break
      case 'table':
        hash = createHash('sha256')
        break
      case 'rows':
        hash.update(record.bytes)
        break
      case 'rows-end':
        if (hash.digest('hex') !== record.told.sha256) throw new BadBackup('damaged')
        seen.tables += 1
        seen.rows += record.told.rows
        break
      case 'file':
        hash = createHash('sha256')
        file = record.told.sha256
        break
      case 'bytes':
        hash.update(record.bytes)
        seen.bytes += record.bytes.length
        break
      case 'file-end':
        if (hash.digest('hex') === file) seen.files += 1
        else wrong.push(file)
        break
      case 'end':
        end = record.told
    }
  }
  if (!end || !secret || !agree(seen, end) || !end.missing.every((one) => wrong.includes(one)))
    throw new BadBackup('damaged')
  return { header, secret, ...end }
}

const agree = (a: Totals, b: Totals) =>
  a.tables === b.tables && a.rows === b.rows && a.files === b.files && a.bytes === b.bytes
