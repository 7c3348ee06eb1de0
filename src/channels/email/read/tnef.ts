import { decodeText } from './charset.ts'
import { Cursor, inPage, readProperties, type TnefProperties, textOf } from './tnef-properties.ts'
import { unpackRtf } from './unpack-rtf.ts'

/** What Outlook packed into a winmail.dat. */
export interface Tnef {
  /** '' when there is none. */
  text: string
  html: string
  files: TnefFile[]
}
export interface TnefFile {
  name: string
  type: string
  contentId: string | null
  bytes: Uint8Array<ArrayBuffer>
}

const signature = 0x223e9f78
const attribute = {
  body: 0x800c,
  title: 0x8010,
  data: 0x800f,
  messageProperties: 0x9003,
  codepage: 0x9007,
  renderData: 0x9002,
  attachment: 0x9005,
}
const property = {
  rtf: 0x1009,
  html: 0x1013,
  body: 0x1000,
  data: 0x3701,
  name: 0x3704,
  longName: 0x3707,
  type: 0x370e,
  contentId: 0x3712,
  shown: 0x3001,
}
/** Messages inside messages. */
const deepest = 5
const mostFiles = 200

/** The message in a winmail.dat (MS-OXTNEF); null when it is none. What is damaged ends it, the rest is given. */
export function readTnef(bytes: Uint8Array, depth = 0): Tnef | null {
  const at = new Cursor(bytes)
  if (at.u32() !== signature || depth > deepest) return null
  at.u16()
  const message = new Message(depth)
  while (at.left > 9 && at.ok) {
    at.u8()
    const id = at.u32() & 0xffff
    const data = at.take(at.u32())
    at.u16()
    if (at.ok) message.take(id, data)
  }
  return message.result()
}

interface Packed {
  title: string
  data: Uint8Array | null
  properties: TnefProperties
}

class Message {
  private charset: string | null = null
  private body = ''
  private properties: TnefProperties = new Map()
  private readonly packed: Packed[] = []
  private readonly depth: number
  constructor(depth: number) {
    this.depth = depth
  }

  take(id: number, data: Uint8Array): void {
    const last = this.packed.at(-1)
    if (id === attribute.codepage) this.charset = `cp${new Cursor(data).u32()}`
    else if (id === attribute.body) this.body = inPage(data, this.charset)
    else if (id === attribute.messageProperties) this.properties = readProperties(data)
    else if (id === attribute.renderData && this.packed.length < mostFiles)
      this.packed.push({ title: '', data: null, properties: new Map() })
    else if (last && id === attribute.title) last.title = inPage(data, this.charset)
    else if (last && id === attribute.data) last.data = data
    else if (last && id === attribute.attachment) last.properties = readProperties(data)
  }

  result(): Tnef {
    const html = this.html()
    const text = (textOf(this.properties, property.body, this.charset) || this.body).replace(/\r\n?/g, '\n')
    const files = this.packed.flatMap((one) => this.unpack(one))
    // Only where the words stand nowhere else: people can open RTF, a mail reader can't show it.
    if (html === '' && text.trim() === '') files.push(...this.rtf())
    return { text, html, files }
  }

  private html(): string {
    const found = this.properties.get(property.html)
    if (!found) return ''
    if (found.type === 0x102) return decodeText(found.bytes, this.charset).replaceAll('\0', '')
    return textOf(this.properties, property.html, this.charset)
  }

  private rtf(): TnefFile[] {
    const packed = this.properties.get(property.rtf)?.bytes
    const bytes = packed && unpackRtf(packed)
    return bytes ? [{ name: 'message.rtf', type: 'application/rtf', contentId: null, bytes }] : []
  }

  private unpack({ title, data, properties }: Packed): TnefFile[] {
    const object = properties.get(property.data)
    const name = [property.longName, property.name, property.shown]
      .map((id) => textOf(properties, id, this.charset))
      .find((one) => one.trim() !== '')
    // An enclosed message is an object: sixteen bytes of an interface's id, then a TNEF of its own.
    const inner = object?.type === 0x0d ? readTnef(object.bytes.subarray(16), this.depth + 1) : null
    if (inner) return enclosed(inner, name ?? title)
    const bytes = data ?? (object?.type === 0x0d ? object.bytes.subarray(16) : object?.bytes)
    if (!bytes) return []
    const type = textOf(properties, property.type, this.charset).toLowerCase()
    const contentId = textOf(properties, property.contentId, this.charset).replace(/[<>\s]/g, '') || null
    return [{ name: name ?? title, type, contentId, bytes: new Uint8Array(bytes) }]
  }
}

/** An enclosed message as files: its words, then what was attached to it. */
function enclosed({ text, html, files }: Tnef, name: string): TnefFile[] {
  const words = html || text
  if (words.trim() === '') return files
  const bytes = new Uint8Array(Buffer.from(words))
  const [type, ending] = html ? ['text/html', '.html'] : ['text/plain', '.txt']
  return [{ name: `${name.trim() || 'message'}${ending}`, type, contentId: null, bytes }, ...files]
}
