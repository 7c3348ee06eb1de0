import { decodeAs, decodeText, knownCharset } from './charset.ts'

interface Word {
  charset: string
  chunks: Uint8Array[]
}
type Piece = string | Word

/**
 * Text of a header value with RFC 2047 encoded words, in the forms that really occur too: blanks and
 * question marks inside, no closing `?=`, no blank between words, a character split over two words.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value
  const merged: Piece[] = []
  for (const piece of withoutFolding(splitWords(value))) {
    const before = merged.at(-1)
    if (typeof piece === 'string' || typeof before !== 'object' || before.charset !== piece.charset)
      merged.push(piece)
    else before.chunks.push(...piece.chunks)
  }
  return merged.map((piece) => (typeof piece === 'string' ? piece : decodeWord(piece))).join('')
}

/** A word is too short for guessing: its label is believed, unless it is one that careless programs put. */
function decodeWord(word: Word): string {
  const bytes = new Uint8Array(Buffer.concat(word.chunks))
  const charset = knownCharset(word.charset)
  const trusted = charset !== null && charset !== 'utf-8' && charset !== 'windows-1252'
  const exact = trusted ? decodeAs(bytes, charset) : null
  return (exact ?? decodeText(bytes, word.charset)).replace(/[\r\n\0]+/g, ' ')
}

/** Blanks between two encoded words are folding, not content (RFC 2047, 6.2). */
function withoutFolding(pieces: Piece[]): Piece[] {
  return pieces.filter((piece, at) => {
    const between = typeof piece === 'string' && at > 0 && at < pieces.length - 1
    return !(between && /^\s*$/.test(piece))
  })
}

/** Encoded words and the text around them, in order; one pass, since headers may be long and hostile. */
export function splitWords(value: string): Piece[] {
  const pieces: Piece[] = []
  const lastClose = value.lastIndexOf('?=')
  let done = 0
  let at = value.indexOf('=?')
  while (at >= 0) {
    const word = wordAt(value, at, lastClose)
    if (word) {
      if (at > done) pieces.push(value.slice(done, at))
      pieces.push({ charset: word.charset, chunks: [word.bytes] })
      done = word.end
    }
    at = value.indexOf('=?', word ? word.end : at + 2)
  }
  if (done < value.length) pieces.push(value.slice(done))
  return pieces
}

const opening = /=\?([^?\s]{1,60})\?([bBqQ])\?/y

function wordAt(value: string, at: number, lastClose: number) {
  opening.lastIndex = at
  const match = opening.exec(value)
  if (!match) return null
  const start = at + match[0].length
  const closed = start <= lastClose
  const stop = closed ? value.indexOf('?=', start) : endOfRun(value, start)
  const body = value.slice(start, stop)
  return {
    charset: match[1]!.replace(/\*.*$/, '').toLowerCase(),
    bytes: /b/i.test(match[2]!) ? fromBase64(body) : fromQ(body),
    end: closed ? stop + 2 : stop,
  }
}

function endOfRun(value: string, from: number): number {
  let end = from
  while (end < value.length && !/\s/.test(value[end]!)) end++
  return end
}

function fromBase64(body: string): Uint8Array {
  return Buffer.from(body.replace(/[^A-Za-z0-9+/]/g, ''), 'base64')
}

function fromQ(body: string): Uint8Array {
  const source = Buffer.from(body.replace(/_/g, ' '), 'utf8').toString('latin1')
  const plain = source.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(plain, 'latin1')
}
