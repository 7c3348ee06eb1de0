import { decodeText } from './charset.ts'
import { unflow } from './flowed.ts'
import type { MimePart } from './mime-tree.ts'

/** A leaf of the tree that is content: a stretch of the body, or an attachment. */
export interface Leaf {
  part: MimePart
  /** The multipart/alternative it is one form of. */
  alternative: MimePart | null
}
export interface Stretch {
  text: string | null
  html: string | null
}

/** Sorts the leaves into the stretches of the body, in order, and the rest. */
export function splitBody(root: MimePart): { body: Stretch[]; rest: Leaf[] } {
  const leaves = leavesOf(root, null)
  let words = leaves.filter((leaf) => isBodyText(leaf.part))
  if (words.length === 0)
    words = leaves.filter((leaf) => isText(leaf.part) && isInline(leaf.part)).slice(0, 1)
  const body = stretches(words)
  return { body, rest: leaves.filter((leaf) => !words.includes(leaf) && leaf.part.content !== null) }
}

function leavesOf(part: MimePart, alternative: MimePart | null): Leaf[] {
  const kind = part.contentType.multipart
  if (!kind || part.childNodes.length === 0) return [{ part, alternative }]
  return part.childNodes.flatMap((child) => leavesOf(child, kind === 'alternative' ? part : alternative))
}

export const typeOf = (part: MimePart): string => part.contentType.parsed.value
const isText = (part: MimePart): boolean => /^text\/(plain|html)$/.test(typeOf(part)) || brokenMultipart(part)
/** A multipart without a boundary, or none of whose parts could be found: shown as the text it is. */
const brokenMultipart = (part: MimePart): boolean =>
  Boolean(part.contentType.multipart) && part.content !== null
const isInline = (part: MimePart): boolean => part.contentDisposition.parsed.value !== 'attachment'

/** Text without a file name; Apple Mail and others send named text files as inline, too. */
function isBodyText(part: MimePart): boolean {
  const named = part.contentDisposition.parsed.params.filename ?? part.contentType.parsed.params.name
  return isText(part) && isInline(part) && !named
}

/** The forms of one alternative are one stretch; text after text otherwise. */
function stretches(leaves: Leaf[]): Stretch[] {
  const found: Stretch[] = []
  const byAlternative = new Map<MimePart, Stretch>()
  for (const { part, alternative } of leaves) {
    let stretch = alternative && byAlternative.get(alternative)
    if (!stretch) {
      stretch = { text: null, html: null }
      found.push(stretch)
      if (alternative) byAlternative.set(alternative, stretch)
    }
    const kind = typeOf(part) === 'text/html' ? 'html' : 'text'
    const text = partText(part)
    stretch[kind] = stretch[kind] === null ? text : `${stretch[kind]}\n${text}`
  }
  return found
}

/** Decoded text of a part with LF line ends, soft line ends of format=flowed joined, no NULs. */
export function partText(part: MimePart): string {
  const { params, value } = part.contentType.parsed
  const bytes = new Uint8Array(part.content ?? new ArrayBuffer(0))
  const charset = params.charset ?? (value === 'text/html' ? metaCharset(bytes) : null)
  const text = decodeText(bytes, charset).replace(/\r\n?/g, '\n').replaceAll('\0', '')
  if (value !== 'text/plain' || !/^flowed$/i.test(params.format ?? '')) return text
  return unflow(text, /^yes$/i.test(params.delsp ?? ''))
}

function metaCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(head)?.[1] ?? null
}
