import { decodeAs, decodeText, knownCharset } from './charset.ts'

/** MAPI properties of a TNEF attribute by their id (MS-OXTNEF 2.1.3.4); of several values the first. */
export type TnefProperties = Map<number, { type: number; bytes: Uint8Array }>

/** Bytes of a value by its type; the others carry their length (MS-OXCDATA 2.11.1). */
const fixed: Record<number, number> = {
  2: 2,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 2,
  20: 8,
  64: 8,
  72: 16,
}
const multiple = 0x1000
const withLength = new Set([0x0d, 0x1e, 0x1f, 0x102])
/** More are no message. */
const most = 2000

/** What can be read up to the first thing that makes no sense. */
export function readProperties(bytes: Uint8Array): TnefProperties {
  const found: TnefProperties = new Map()
  const at = new Cursor(bytes)
  const count = Math.min(at.u32(), most)
  for (let number = 0; number < count && at.ok; number++) {
    const type = at.u16()
    const id = at.u16()
    if (id >= 0x8000) skipName(at)
    const value = readValue(at, type)
    if (at.ok && value && !found.has(id)) found.set(id, { type: type & ~multiple, bytes: value })
  }
  return found
}

/** Named properties: a GUID, then a number or a name. */
function skipName(at: Cursor): void {
  at.take(16)
  if (at.u32() === 0) at.take(4)
  else at.take(padded(at.u32()))
}

function readValue(at: Cursor, declared: number): Uint8Array | null {
  const type = declared & ~multiple
  const size = fixed[type]
  if (size === undefined && !withLength.has(type)) return at.fail()
  const many = (declared & multiple) !== 0 || size === undefined
  const count = many ? at.u32() : 1
  let first: Uint8Array | null = null
  for (let number = 0; number < count && at.ok; number++) {
    const length = size ?? at.u32()
    const value = at.take(padded(length)).subarray(0, length)
    first ??= value
  }
  return first
}

const padded = (length: number): number => (length + 3) & ~3

/** Text of a property: UTF-16, or in the code page of the message. */
export function textOf(properties: TnefProperties, id: number, charset: string | null): string {
  const property = properties.get(id)
  if (!property) return ''
  const text =
    property.type === 0x1f
      ? new TextDecoder('utf-16le').decode(property.bytes)
      : inPage(property.bytes, charset)
  return text.replace(/\0+$/, '').replaceAll('\0', '')
}

/** Text up to its NUL. Outlook knows its own code page: unlike a label in a mail it is believed before guessing. */
export function inPage(bytes: Uint8Array, charset: string | null): string {
  const text = withoutEnd(bytes)
  const known = knownCharset(charset)
  return (known && decodeAs(text, known)) ?? decodeText(text, charset)
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

/** Reads little-endian numbers; past the end everything is zero and `ok` false, so that loops end. */
export class Cursor {
  ok = true
  private at = 0
  private readonly bytes: Uint8Array
  private readonly view: DataView
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.bytes.length - this.at
  }
  u8 = (): number => (this.has(1) ? this.view.getUint8(this.at++) : 0)
  u16(): number {
    if (!this.has(2)) return 0
    this.at += 2
    return this.view.getUint16(this.at - 2, true)
  }
  u32(): number {
    if (!this.has(4)) return 0
    this.at += 4
    return this.view.getUint32(this.at - 4, true)
  }
  take(length: number): Uint8Array {
    if (!this.has(length)) return new Uint8Array(0)
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
  fail(): null {
    this.ok = false
    return null
  }
  private has(length: number): boolean {
    if (length < 0 || length > this.left) this.ok = false
    return this.ok
  }
}
