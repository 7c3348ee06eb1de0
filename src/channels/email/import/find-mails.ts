// Mails in files: single ones, folders of them, Maildir, mbox. Read as a stream: eight years of mail never stand in memory.
import { createReadStream } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { splitMbox } from './split-mbox.ts'

export interface FoundMail {
  /** the path; in an mbox with the number of the mail: `box.mbox:3` */
  source: string
  /** null: larger than allowed */
  raw: Buffer | null
  /** bytes */
  size: number
}

/** Every mail below these paths, in the order of their names. @param maxSize bytes of one mail at the most */
export async function* findMails(paths: string[], maxSize: number): AsyncGenerator<FoundMail> {
  for (const path of paths) yield* mailsIn(path, maxSize, true)
}

async function* mailsIn(path: string, maxSize: number, named: boolean): AsyncGenerator<FoundMail> {
  const found = await stat(path)
  if (found.isDirectory()) yield* mailsInFolder(path, maxSize)
  else if (found.isFile()) yield* mailsInFile(path, found.size, maxSize, named)
}

/** A Maildir's own folders are cur and new; what stands in tmp is not delivered yet. */
async function* mailsInFolder(path: string, maxSize: number): AsyncGenerator<FoundMail> {
  const names = (await readdir(path)).sort()
  const isMaildir = names.includes('cur') && names.includes('new')
  for (const name of names) {
    if (isMaildir && (name === 'tmp' || /^(dovecot|maildir|courier|subscriptions)/.test(name))) continue
    // Maildir++ keeps its folders as .Sent, .Archive; elsewhere a dot hides what is no mail.
    if (name.startsWith('.') && !isMaildir) continue
    yield* mailsIn(join(path, name), maxSize, false)
  }
}

async function* mailsInFile(
  path: string,
  size: number,
  maxSize: number,
  named: boolean,
): AsyncGenerator<FoundMail> {
  const start = await beginning(path)
  if (/^(\ufeff)?From \S/.test(start)) {
    let n = 0
    for await (const mail of splitMbox(createReadStream(path), maxSize)) {
      n += 1
      yield { source: `${path}:${n}`, ...mail }
    }
  } else if (named || looksLikeMail(path, start))
    yield { source: path, raw: size > maxSize ? null : await readFile(path), size }
}

const looksLikeMail = (path: string, start: string) =>
  /\.(eml|mail|msg)$/i.test(path) || /^[!-9;-~]{1,76}:[ \t]/.test(start)

async function beginning(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}
