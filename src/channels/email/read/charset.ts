import { createRequire } from 'node:module'
import { guessCharset } from './guess-charset.ts'

type Iconv = { decode(bytes: Uint8Array, label: string): string; encodingExists(label: string): boolean }
const require = createRequire(import.meta.url)
let iconv: Iconv | undefined
/** Loaded only for the few labels that TextDecoder doesn't know (UTF-7, DOS code pages): memory at rest. */
const loadIconv = (): Iconv => {
  iconv ??= require('iconv-lite') as Iconv
  return iconv
}

/** Labels seen in mail that the WHATWG list lacks. */
const aliases: Record<string, string> = {
  cp932: 'shift_jis',
  cp936: 'gb18030',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  cp949: 'euc-kr',
  'ks_c_5601-1987': 'euc-kr',
  cp950: 'big5',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  tis620: 'windows-874',
  'utf-8-strict': 'utf-8',
  'unicode-1-1-utf-7': 'utf-7',
  csunicode11utf7: 'utf-7',
  utf7: 'utf-7',
}
const wide = new Set(['gb18030', 'big5', 'euc-kr', 'euc-jp', 'shift_jis'])
const cyrillic = new Set(['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'])

const decoders = new Map<string, TextDecoder | null>()
function decoderFor(label: string): TextDecoder | null {
  let decoder = decoders.get(label)
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(label, { fatal: true })
    } catch {
      decoder = null
    }
    if (decoders.size < 200) decoders.set(label, decoder)
  }
  return decoder
}

/** The WHATWG name of a declared charset, an iconv-lite one, or null when nobody knows it. */
export function knownCharset(declared: string | null | undefined): string | null {
  const label = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
    .replace(/\*.*$/, '')
  if (!label || label.length > 60) return null
  for (const form of [label, label.replace(/^x-|^cs/, ''), label.replace(/_/g, '-')]) {
    const name = aliases[form] ?? form
    if (name === 'utf-7' || /^(iso-2022-kr|hz-gb-2312)$/.test(name)) return name
    const decoder = decoderFor(name)
    if (decoder) return decoder.encoding
    const digits = /^(?:cp|windows|ms|ibm)-?(125[0-8]|866|874)$/.exec(name)?.[1]
    if (digits) return digits === '866' ? 'ibm866' : `windows-${digits}`
  }
  return loadIconv().encodingExists(label) ? label : null
}

/** Text in a charset that `knownCharset` returned; null when the bytes are none of it. */
export function decodeAs(bytes: Uint8Array, charset: string): string | null {
  if (charset === 'iso-2022-kr') return decodeShifted(bytes, 0x0e, 0x0f, 'euc-kr')
  if (charset === 'hz-gb-2312') return decodeTildes(bytes)
  const decoder = charset === 'utf-7' ? null : decoderFor(charset)
  if (!decoder) return loadIconv().decode(bytes, charset)
  try {
    return decoder.decode(charset === 'iso-2022-jp' ? withoutIdleEscapes(bytes) : bytes)
  } catch {
    return null
  }
}

/**
 * Encoded words put together, and careless programs, switch to ASCII and back with nothing between; to TextDecoder that
 * is an attack (WHATWG Encoding, 12.2), to everybody else it is Japanese. The last switch counts.
 */
function withoutIdleEscapes(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!text.includes('\x1b')) return bytes
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of ISO-2022-JP begin with one
  return Buffer.from(text.replace(/\x1b[$(][@BJI](?=\x1b[$(][@BJI])/g, ''), 'latin1')
}

/**
 * Text of bytes whose declared charset may be absent or wrong. What is valid UTF-8 is UTF-8 (other
 * charsets hardly ever look so by chance), then the declared one is tried, then the likely one.
 */
export function decodeText(bytes: Uint8Array, declared?: string | null): string {
  if (bytes.length === 0) return ''
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  const charset = knownCharset(declared)
  if (isSevenBit(bytes)) return decodeSevenBit(bytes, charset)
  if (charset === 'utf-16le' || charset === 'utf-16be') {
    const text = decodeAs(bytes, charset)
    if (text !== null && looksLikeUtf16(bytes)) return text
  }
  const utf8 = decodeAs(bytes, 'utf-8')
  if (
    utf8 !== null &&
    !(charset && wide.has(charset) && !/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(utf8))
  )
    return utf8
  if (charset && charset !== 'utf-8' && !doubtful(charset)) {
    const text = decodeAs(bytes, charset)
    if (text !== null) return text
  }
  const damaged = mostlyUtf8(bytes)
  if (damaged !== null) return damaged
  const guess = guessCharset(bytes, charset, decodeAs)
  return decodeAs(bytes, guess) ?? lossy(bytes, charset ?? guess)
}

/** UTF-8 that was cut or damaged in few places; null when it is none. */
function mostlyUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes)
  const beyondAscii = text.match(/[\u0080-\uffff]/g)?.length ?? 0
  const broken = text.match(/\ufffd/g)?.length ?? 0
  return broken * 8 < beyondAscii ? text : null
}

/** Latin-1 is what careless programs declare, and Cyrillic code pages are confused with one another. */
const doubtful = (charset: string): boolean => charset === 'windows-1252' || cyrillic.has(charset)

function lossy(bytes: Uint8Array, charset: string): string {
  return new TextDecoder(decoderFor(charset) ? charset : 'utf-8').decode(bytes)
}

function isSevenBit(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false
  return true
}

/** UTF-16 mail text has many zero bytes in one of the two places. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  let zeros = 0
  for (let i = 0; i < Math.min(bytes.length, 2000); i++) if (bytes[i] === 0) zeros++
  return zeros > 0 && bytes.length % 2 === 0
}

/** Escape sequences of ISO-2022-JP (RFC 1468). */
const japanese = ['\x1b$@', '\x1b$B', '\x1b(J', '\x1b(I']

function decodeSevenBit(bytes: Uint8Array, charset: string | null): string {
  if (charset && /^(iso-2022|utf-7|hz|utf-16)/.test(charset)) {
    if (!charset.startsWith('utf-16') || looksLikeUtf16(bytes)) {
      const text = decodeAs(bytes, charset)
      if (text !== null) return text
    }
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (text.includes('\x1b$)C')) return decodeAs(bytes, 'iso-2022-kr') ?? text
  if (japanese.some((start) => text.includes(start)))
    return decodeAs(bytes, 'iso-2022-jp') ?? lossy(bytes, 'iso-2022-jp')
  return text
}

/** ISO-2022-KR (RFC 1557): between SO and SI the bytes are EUC-KR without the high bit. */
function decodeShifted(bytes: Uint8Array, on: number, off: number, charset: string): string {
  const out: number[] = []
  let shifted = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === 0x1b && bytes[i + 1] === 0x24) i += 3
    else if (byte === on) shifted = true
    else if (byte === off) shifted = false
    else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte)
  }
  return new TextDecoder(charset).decode(Uint8Array.from(out))
}

/** HZ (RFC 1843): between ~{ and ~} the bytes are GB 2312 without the high bit. */
function decodeTildes(bytes: Uint8Array): string {
  const out: number[] = []
  let shifted = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    const next = bytes[i + 1]
    if (byte === 0x7e && (next === 0x7b || next === 0x7d)) {
      shifted = next === 0x7b
      i++
    } else if (byte === 0x7e && next === 0x7e && !shifted) {
      out.push(0x7e)
      i++
    } else if (byte === 0x7e && next === 0x0a) i++
    else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte)
  }
  return new TextDecoder('gb18030').decode(Uint8Array.from(out))
}
