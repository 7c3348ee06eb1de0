import { keepable } from '#shared/text/keepable.ts'
import { readMailboxes } from './read/addresses.ts'
import { decodeWords } from './read/decode-words.ts'
import { readDate } from './read/read-date.ts'

/** Enough for any honest head. Bytes. */
const most = 64 * 1024

export interface Head {
  from: string | null
  subject: string | null
  /** as its writer's program says */
  date: Date | null
}

/** Sender, subject and date of a mail that cannot be read as a whole, so that people know which one it is. */
export function readHead(raw: Uint8Array): Head {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, most)).toString('utf8')
  const head = start.split(/\r?\n\r?\n/, 1)[0]!.replace(/\r?\n[ \t]+/g, ' ')
  const value = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.slice(0, 998) ?? ''
  const plain = (text: string) => keepable(text).trim() || null
  return {
    from: plain(readMailboxes(value('From'))[0]?.address ?? ''),
    subject: plain(decodeWords(value('Subject'))),
    date: readDate(value('Date')),
  }
}
