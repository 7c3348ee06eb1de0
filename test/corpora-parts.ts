import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadMail } from '#channels/email/read/mail.ts'
import { read } from '#channels/email/read/read.ts'
import { corpora, type Score, Tally } from '#test/corpora.ts'

/** Parts that other readers found in a mail are found by ours, too: in its words or as an attachment's bytes. */
export async function mime4jParts(): Promise<Score> {
  const tally = new Tally()
  for (const folder of ['testmsgs', 'mimetools-testmsgs']
    .map((name) => join(corpora, 'mime4j', name))
    .filter(existsSync))
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.msg'))
      .sort()) {
      const mail = await read(new Uint8Array(readFileSync(join(folder, file))))
      const all = await everythingIn(mail)
      for (const part of leavesFor(folder, file)) {
        const lines = readFileSync(join(folder, part))
          .toString('latin1')
          .split(/[\r\n]+/)
        const lost = lines.map(plainest).find((line) => line.length > 3 && !all.includes(line))
        tally.count(lost === undefined, part, JSON.stringify(lost?.slice(0, 60)))
      }
    }
  return tally
}

/** `a.msg` has its decoded leaves in `a_decoded_1_2.txt` and `.bin`. */
const leavesFor = (folder: string, file: string): string[] =>
  readdirSync(folder).filter((name) =>
    new RegExp(`^${escaped(file.slice(0, -4))}_decoded_[\\d_]+\\.(?:txt|bin)$`).test(name),
  )
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Only what every charset has in common: what a line says in ASCII. */
const plainest = (line: string): string => line.replace(/[^\x21-\x7e]+/g, '')
const everythingIn = async (mail: ReadMail, depth = 0): Promise<string> => {
  const texts = [
    mail.text,
    mail.html ?? '',
    ...mail.attachments.map((one) => Buffer.from(one.bytes).toString('latin1')),
  ]
  const here = texts
    .map((text) =>
      text
        .split(/[\r\n]+/)
        .map(plainest)
        .join(''),
    )
    .join('')
  if (depth > 5) return here
  const enclosed = mail.attachments.filter((one) => one.mark === 'mail')
  const inside = await Promise.all(
    enclosed.map(async ({ bytes }) => everythingIn(await read(bytes), depth + 1)),
  )
  return [here, ...inside].join('')
}

/** A winmail.dat gives the files that other programs took out of it. */
export async function tnefFiles(set: string): Promise<Score> {
  const tally = new Tally()
  const folder = join(corpora, set)
  const files = readdirSync(folder).filter((name) => /\.tnef$|^winmail\.dat$/.test(name))
  for (const file of files) {
    const { text, html, attachments } = await asMail(readFileSync(join(folder, file)))
    const got = attachments.map((one) => normal(one.name))
    const list = join(folder, `${file.replace(/\.tnef$/, '')}.list`)
    const expected = existsSync(list)
      ? readFileSync(list, 'utf8').split('\n').map(normal).filter(Boolean)
      : []
    const missing = expected.filter((name) => {
      // Other programs call the message itself body; ours gives RTF only where the words stand nowhere else.
      if (/^body\.(?:rtf|html?|txt)$/.test(name))
        return html === null && text === '' && !got.includes('message.rtf')
      return name === 'untitled attachment' ? got.length === 0 : !got.includes(name)
    })
    const opened = !attachments.some((one) => one.mark === 'tnef')
    tally.count(missing.length === 0 && (opened || expected.length === 0), file, 'lacks', missing, 'of', got)
  }
  return tally
}

const normal = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()

const asMail = (tnef: Buffer): Promise<ReadMail> =>
  read(
    new Uint8Array(
      Buffer.concat([
        Buffer.from(
          'From: a@customer.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n',
        ),
        Buffer.from(tnef.toString('base64').replace(/(.{76})/g, '$1\r\n')),
      ]),
    ),
  )
