import { fileName } from '#shared/text/file-name.ts'
import { type Leaf, typeOf } from './body.ts'
import { decodeWords } from './decode-words.ts'
import type { PartMark, ReadAttachment } from './mail.ts'
import type { MimePart } from './mime-tree.ts'
import type { TnefFile } from './tnef.ts'

/** Attachments of a mail; `html` tells which pictures it shows by their Content-ID. */
export function readAttachments(leaves: Leaf[], html: string | null): ReadAttachment[] {
  const shown = picturesIn(html ?? '')
  return leaves.map((leaf, at) => readAttachment(leaf, at + 1, shown))
}

function readAttachment({ part }: Leaf, number: number, pictures: Set<string>): ReadAttachment {
  const bytes = new Uint8Array(part.content ?? new ArrayBuffer(0))
  const type = cleanType(typeOf(part))
  const contentId = cleanContentId(part.contentId)
  return {
    name: attachmentName(part, type, number, bytes),
    type,
    size: bytes.length,
    contentId,
    inline: contentId !== null && pictures.has(contentId),
    mark: markOf(type, part),
    bytes,
  }
}

/** Content-IDs that the HTML shows, as written and with escapes undone. */
function picturesIn(html: string): Set<string> {
  const ids = [...html.matchAll(/cid:([^\s"'<>)]{1,500})/gi)].map((match) => match[1]!)
  return new Set([...ids, ...ids.map(unescaped)])
}

/** The files of a winmail.dat as if they had come by themselves. */
export function tnefAttachments(files: TnefFile[], html: string | null): ReadAttachment[] {
  const shown = picturesIn(html ?? '')
  return files.map(({ name, type: declared, contentId, bytes }, at) => {
    const type = cleanType(declared)
    const inline = contentId !== null && shown.has(contentId)
    const base = fileName(name.slice(0, 4000)) || `attachment-${at + 1}${extensions[type] ?? ''}`
    return {
      name: base,
      type,
      size: bytes.length,
      contentId: cleanContentId(contentId ?? undefined),
      inline,
      mark: null,
      bytes,
    }
  })
}

const cleanType = (type: string): string =>
  /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type) ? type : 'application/octet-stream'

const cleanContentId = (value: string | undefined): string | null =>
  value?.replace(/[<>\s]/g, '').slice(0, 500) || null

function markOf(type: string, part: MimePart): PartMark | null {
  const name = part.contentDisposition.parsed.params.filename ?? part.contentType.parsed.params.name ?? ''
  if (/^application\/(x-)?pkcs7-(mime|signature)$/.test(type) || /\.p7[ms]$/i.test(name)) return 'smime'
  if (/^application\/pgp-(encrypted|signature|keys)$/.test(type)) return 'pgp'
  if (type === 'text/calendar' || type === 'application/ics') return 'calendar'
  if (/^application\/(vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(name)) return 'tnef'
  if (/^message\/(rfc822|global)$/.test(type)) return 'mail'
  return isReportType(type) ? 'report' : null
}

export const isReportType = (type: string): boolean =>
  /^(message\/(global-)?(delivery-status|disposition-notification|feedback-report|headers)|text\/rfc822-headers)$/.test(
    type,
  )

const extensions: Record<string, string> = {
  'text/calendar': '.ics',
  'message/rfc822': '.eml',
  'message/global': '.eml',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/csv': '.csv',
  'message/delivery-status': '.txt',
  'text/rfc822-headers': '.txt',
  'application/pgp-signature': '.asc',
  'application/pkcs7-signature': '.p7s',
  'application/pkcs7-mime': '.p7m',
}

function attachmentName(part: MimePart, type: string, number: number, bytes: Uint8Array): string {
  const { filename } = part.contentDisposition.parsed.params
  const declared = (filename || part.contentType.parsed.params.name || '').slice(0, 4000)
  const name = fileName(unescaped(decodeWords(declared)))
  if (name) return name
  const extension = extensions[type] ?? ''
  if (extension === '.eml')
    return `${fileName(innerSubject(bytes).replace(/[\\/]/g, ' ')).slice(0, 80) || `mail-${number}`}.eml`
  return `${type.startsWith('image/') ? 'image' : 'attachment'}-${number}${extension}`
}

/** `name*=utf-8''%D0…` put by some programs into the plain parameter. */
function unescaped(name: string): string {
  const extended =
    /^[\w-]{3,20}''(.*)$/s.exec(name)?.[1] ??
    (/^(?:[^%]|%[0-9a-f]{2})*%[0-9a-f]{2}/i.test(name) ? name : null)
  if (extended === null) return name
  try {
    return decodeURIComponent(extended)
  } catch {
    return name
  }
}

/** The subject of an enclosed mail makes a better name than a number. */
function innerSubject(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16_384)).toString('utf8')
  const end = head.search(/\r?\n\r?\n/)
  const subject = /^subject:[ \t]*(.*(?:\r?\n[ \t].*)*)/im.exec(end < 0 ? head : head.slice(0, end))?.[1]
  return subject ? decodeWords(subject.replace(/\r?\n/g, '')).trim() : ''
}

export { fileName }
