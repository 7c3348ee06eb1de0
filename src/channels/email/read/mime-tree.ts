import PostalMime from 'postal-mime'
import { decodeText } from './charset.ts'
import { LimitPassed, type ReadLimits } from './mail.ts'

/** One MIME part as postal-mime leaves it after parsing. */
export interface MimePart {
  headers: { key: string; value: string }[]
  rawHeaderLines: { line: string }[]
  contentType: { value: string; parsed: Structured; multipart: string | false }
  contentDisposition: { parsed: Structured }
  contentId?: string
  childNodes: MimePart[]
  /** Body after the transfer encoding was undone, still in its charset; null for containers. */
  content: ArrayBuffer | null
}
interface Structured {
  value: string
  params: Record<string, string>
}
/**
 * What is used of postal-mime's inside (its version is pinned): it takes the mail apart, while charsets,
 * body choice and addresses are decided here, from the bytes. It would decode them by label alone.
 */
interface Insides {
  root: MimePart
  currentNode: { state: string; contentDecoder: Decoder | null }
  processLine(line: Uint8Array<ArrayBuffer>, last: boolean): Promise<void>
  collectNode(): Promise<void>
  buildMessage(): object
  parse(raw: ArrayBuffer): Promise<unknown>
}

interface Decoder {
  chunks: (Uint8Array | ArrayBuffer | string)[]
  flushBuffer?(): void
  flushRemainder?(): void
  finalize(): Promise<ArrayBuffer>
}

/** Takes a raw mail apart. Throws LimitPassed. */
export async function parseMime(raw: Uint8Array, limits: ReadLimits): Promise<MimePart> {
  const parser = new PostalMime({
    maxNestingDepth: limits.nesting,
    maxHeadersSize: limits.headerSize,
  }) as unknown as Insides
  watchLines(parser, limits, hintedCharset(raw))
  parser.collectNode = async () => {}
  parser.buildMessage = () => ({ attachments: [] })
  const start = startOf(raw)
  try {
    await parser.parse(exactBuffer(start === 0 ? raw : raw.subarray(start)))
  } catch (error) {
    if (error instanceof Error && /^Maximum /.test(error.message)) throw new LimitPassed(error.message)
    throw error
  }
  return parser.root
}

/** Counts parts and headers, and turns header lines in an old 8-bit charset into UTF-8 before they are read. */
function watchLines(parser: Insides, limits: ReadLimits, charset: string | null): void {
  const processLine = parser.processLine.bind(parser)
  let node = parser.currentNode
  let parts = 1
  let headers = 0
  parser.processLine = (line, last) => {
    if (parser.currentNode !== node) {
      node = parser.currentNode
      if (node.state === 'header' && ++parts > limits.parts)
        throw new LimitPassed(`More than ${limits.parts} parts`)
    }
    if (node.state !== 'header') return processLine(line, last)
    if (++headers > limits.headers) throw new LimitPassed(`More than ${limits.headers} header lines`)
    const done = processLine(inUtf8(line, charset), last)
    if (parser.currentNode.state === 'body' && node.contentDecoder) joinPlainly(node.contentDecoder)
    return done
  }
}

const lineEnd = Uint8Array.of(0x0a)

/** postal-mime joins every body through a Blob; doing it by hand reads half as many mails again in a second. */
function joinPlainly(decoder: Decoder): void {
  decoder.finalize = async () => {
    decoder.flushBuffer?.()
    decoder.flushRemainder?.()
    const chunks = decoder.chunks.map((chunk) => {
      if (chunk === '\n') return lineEnd
      if (typeof chunk === 'string') return Buffer.from(chunk)
      return chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk)
    })
    const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
    let at = 0
    for (const chunk of chunks) {
      joined.set(chunk, at)
      at += chunk.length
    }
    return joined.buffer
  }
}

function inUtf8(line: Uint8Array<ArrayBuffer>, charset: string | null): Uint8Array<ArrayBuffer> {
  if (line.every((byte) => byte < 0x80 && byte !== 0x1b)) return line
  return new TextEncoder().encode(decodeText(line, charset))
}

/** The charset that the mail declares somewhere near its start: the likely one of bare 8-bit headers too. */
function hintedCharset(raw: Uint8Array): string | null {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, 16_384)).toString('latin1')
  for (const match of start.matchAll(/charset\s*=\s*"?([\w.:-]{2,40})/gi))
    if (!/^(us-ascii|utf-?8)$/i.test(match[1]!)) return match[1]!
  return null
}

/** Past a byte order mark, and past the blank lines and mbox `From ` line that may stand before the first header. */
function startOf(raw: Uint8Array): number {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, 2000)).toString('latin1')
  return (
    /^(?:\xef\xbb\xbf)?(?:[\r\n]*(?:>?From [^\n]*\n)?(?=[!-9;-~]{1,80}[ \t]*:))?/.exec(start)?.[0].length ?? 0
  )
}

/** The bytes as a buffer of their own: without copying where they are one already. Lone CRs become LFs. */
function exactBuffer(raw: Uint8Array): ArrayBuffer {
  if (!raw.includes(0x0a) && raw.includes(0x0d))
    return new Uint8Array(raw).map((byte) => (byte === 0x0d ? 0x0a : byte)).buffer
  if (raw.byteOffset === 0 && raw.byteLength === raw.buffer.byteLength) return raw.buffer as ArrayBuffer
  // Not raw.slice(): a Buffer's is a view into the pool that small buffers share.
  return new Uint8Array(raw).buffer
}
