// What is inside a backup once it is opened and unpacked (gzip): records, one after the other.
//
//   1 byte: kind · 4 bytes: length · so many bytes, JSON or raw
//
//   desk                      the secret
//   table rows… rows-end      one table as COPY's text format, its count and SHA-256
//   sequences                 where each one stands
//   jobs                      what must still be done
//   file bytes… file-end      one file of the store, named by its SHA-256
//   end                       how many there were of each
import { BadBackup } from './seal.ts'

const kinds = [
  'desk',
  'table',
  'rows',
  'rows-end',
  'sequences',
  'jobs',
  'file',
  'bytes',
  'file-end',
  'end',
] as const
type RawKind = 'rows' | 'bytes'
type Kind = (typeof kinds)[number]

export interface Job {
  task: string
  payload: unknown
  key: string | null
  queue: string | null
}
export interface Totals {
  tables: number
  rows: number
  files: number
  bytes: number
  /** SHA-256 (hex) of files that rows name and that could not be read when the backup was made */
  missing: string[]
}
export interface Told {
  desk: { secret: string }
  table: { name: string; columns: string[] }
  'rows-end': { rows: number; sha256: string }
  sequences: { name: string; last: string; called: boolean }[]
  jobs: Job[]
  file: { sha256: string; size: number }
  'file-end': Record<string, never>
  end: Totals
}
export type BackupRecord =
  | { [K in keyof Told]: { kind: K; told: Told[K] } }[keyof Told]
  | { kind: RawKind; bytes: Buffer }

/** What still counts when it is done late. Mails of the house, pushes and the like belong to their moment. */
export const carriedJobs = ['release_conversations']

/** Pieces are far smaller; whoever made a longer one wants our memory. Bytes. */
const longestRecord = 1 << 28

const frame = (kind: Kind, body: Buffer) => {
  const head = Buffer.alloc(5)
  head[0] = kinds.indexOf(kind)
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}
export const tell = <K extends keyof Told>(kind: K, told: Told[K]): Buffer =>
  frame(kind, Buffer.from(JSON.stringify(told)))
export const carry = (kind: RawKind, bytes: Buffer): Buffer => frame(kind, bytes)

/** Cuts an unpacked stream into its records. A record is never longer than the pieces it was written in, but for lists. */
export async function* readRecords(plain: AsyncIterable<Buffer>): AsyncGenerator<BackupRecord> {
  let kept: Buffer = Buffer.alloc(0)
  for await (const piece of plain) {
    kept = kept.length > 0 ? Buffer.concat([kept, piece]) : piece
    for (;;) {
      if (kept.length < 5) break
      const length = kept.readUInt32BE(1)
      if (length > longestRecord) throw new BadBackup('damaged')
      if (kept.length < 5 + length) break
      yield toRecord(kinds[kept[0]!], kept.subarray(5, 5 + length))
      kept = kept.subarray(5 + length)
    }
  }
  if (kept.length > 0) throw new BadBackup('damaged')
}

function toRecord(kind: Kind | undefined, bytes: Buffer): BackupRecord {
  if (kind === undefined) throw new BadBackup('newer_format')
  if (kind === 'rows' || kind === 'bytes') return { kind, bytes }
  return { kind, told: JSON.parse(bytes.toString('utf8')) } as BackupRecord
}
